package io.agentstream.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import io.agentstream.chat.context.ContextWindow;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.settings.Timeouts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A participant of a group chat: a name, instructions and a model. Immutable; one agent may take
 * part in any number of chats at once.
 */
public final class Agent {

  /** The longest name, in UTF-16 code units. */
  public static final int MAX_NAME_LENGTH = 64;

  /** The default number of tool rounds in one turn. */
  public static final int DEFAULT_MAX_TOOL_ROUNDS = 8;

  /**
   * The name under which a tool finds the key of its call, among langchain4j's {@code
   * InvocationParameters}. The key is 22 characters long and differs for each call; a call that is
   * made again after a crash has the same key.
   */
  public static final String IDEMPOTENCY_KEY = "idempotency_key";

  private final String name;
  private final String description;
  private final @Nullable String systemPrompt;
  private final @Nullable StreamingChatModel model;
  private final @Nullable StreamingChatModel fallbackModel;
  private final @Nullable GroupChat team;
  private final @Nullable Person person;
  private final @Nullable Double temperature;
  private final @Nullable Integer maxTokens;
  private final Map<String, AgentTool> tools;
  private final List<ToolSource> toolSources;
  private final Predicate<ToolExecutionRequest> needsApproval;
  private final Function<ToolExecutionRequest, InterruptedCallPolicy> interruptedCalls;
  private final int maxToolRounds;
  private final RetryPolicy retryPolicy;
  private final @Nullable Timeouts timeouts;
  private final ContextWindow contextWindow;
  private final TurnFinishReason missingFinishReason;
  private final boolean introduced;
  private final boolean thoughtsInText;
  private final boolean thinkingShown;

  private Agent(Builder builder) {
    this.name = builder.name;
    this.description = builder.description;
    this.systemPrompt = builder.systemPrompt;
    this.model = builder.model;
    this.fallbackModel = builder.fallbackModel;
    this.team = builder.team;
    this.person = builder.person;
    this.temperature = builder.temperature;
    this.maxTokens = builder.maxTokens;
    this.tools = Collections.unmodifiableMap(new LinkedHashMap<>(builder.tools));
    this.toolSources = List.copyOf(builder.toolSources);
    this.needsApproval = builder.needsApproval;
    this.interruptedCalls = builder.interruptedCalls;
    this.maxToolRounds = builder.maxToolRounds;
    this.retryPolicy = builder.retryPolicy;
    this.timeouts = builder.timeouts;
    this.contextWindow = builder.contextWindow;
    this.missingFinishReason = builder.missingFinishReason;
    this.introduced = builder.introduced;
    this.thoughtsInText = builder.thoughtsInText;
    this.thinkingShown = builder.thinkingShown;
  }

  /**
   * Returns a builder for an agent.
   *
   * @param name its name for other agents and viewers: 1 to {@value #MAX_NAME_LENGTH} characters of
   *     any script, without control characters, line breaks, or spaces at either end; not {@code
   *     user}, {@code system}, {@code assistant} or {@code tool} in any case, because these have
   *     other meanings in every prompt
   * @throws IllegalArgumentException if the name is invalid
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** Returns its name for other agents and viewers. */
  public String name() {
    return name;
  }

  /** Returns one sentence on its purpose, shown to viewers. Empty by default. */
  public String description() {
    return description;
  }

  /** Returns its instructions for the model, which viewers never see. Null by default. */
  public @Nullable String systemPrompt() {
    return systemPrompt;
  }

  /** Returns its model; null for an agent that is a team or a person. */
  public @Nullable StreamingChatModel model() {
    return model;
  }

  /** Returns the fallback model, which is called when the first one fails for good, or null. */
  @Nullable StreamingChatModel fallbackModel() {
    return fallbackModel;
  }

  /** Returns the person that has this seat; null for all others. */
  @Nullable Person person() {
    return person;
  }

  /** Returns true if a person has this seat. */
  public boolean isPerson() {
    return person != null;
  }

  /** Returns its team; null for an agent with a model. */
  @Nullable GroupChat team() {
    return team;
  }

  Map<String, AgentTool> tools() {
    return tools;
  }

  List<ToolSource> toolSources() {
    return toolSources;
  }

  boolean needsApproval(ToolExecutionRequest call) {
    return needsApproval.test(call);
  }

  InterruptedCallPolicy interruptedCall(ToolExecutionRequest call) {
    return interruptedCalls.apply(call);
  }

  int maxToolRounds() {
    return maxToolRounds;
  }

  RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  /** Returns the timeouts for its turns; null for the chat's. */
  @Nullable Timeouts timeouts() {
    return timeouts;
  }

  ContextWindow contextWindow() {
    return contextWindow;
  }

  /** Returns true if the system prompt ends with its name and the form of others' messages. */
  boolean introduced() {
    return introduced;
  }

  /** Returns true if thoughts are separated from the model's text. */
  boolean thoughtsInText() {
    return thoughtsInText;
  }

  /** Returns true if viewers see the model's thinking. */
  boolean thinkingShown() {
    return thinkingShown;
  }

  TurnFinishReason missingFinishReason() {
    return missingFinishReason;
  }

  /** Returns the sampling temperature; null leaves it to the model. */
  public @Nullable Double temperature() {
    return temperature;
  }

  /** Returns the maximum number of tokens in one answer; null leaves it to the model. */
  public @Nullable Integer maxTokens() {
    return maxTokens;
  }

  @Override
  public String toString() {
    return "Agent[" + name + "]";
  }

  /** Builds an {@link Agent}. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private String description = "";
    private @Nullable String systemPrompt;
    private @Nullable StreamingChatModel model;
    private @Nullable StreamingChatModel fallbackModel;
    private @Nullable GroupChat team;
    private @Nullable Person person;
    private @Nullable Double temperature;
    private @Nullable Integer maxTokens;
    private final Map<String, AgentTool> tools = new LinkedHashMap<>();
    private final List<ToolSource> toolSources = new ArrayList<>();
    private Predicate<ToolExecutionRequest> needsApproval = call -> false;
    private Function<ToolExecutionRequest, InterruptedCallPolicy> interruptedCalls =
        call -> InterruptedCallPolicy.ASK;
    private int maxToolRounds = DEFAULT_MAX_TOOL_ROUNDS;
    private RetryPolicy retryPolicy = RetryPolicy.defaults();
    private @Nullable Timeouts timeouts;
    private ContextWindow contextWindow = ContextWindow.everything();
    private TurnFinishReason missingFinishReason = TurnFinishReason.TRUNCATED;
    private boolean introduced = true;
    private boolean thoughtsInText = true;
    private boolean thinkingShown = true;

    private Builder(String name) {
      this.name = AgentName.checked(name);
    }

    /** Sets one sentence on the agent's purpose, for viewers. */
    public Builder description(String description) {
      this.description = Objects.requireNonNull(description, "description");
      return this;
    }

    /** Sets the instructions for the model; viewers never see them. */
    public Builder systemPrompt(String systemPrompt) {
      this.systemPrompt = Objects.requireNonNull(systemPrompt, "systemPrompt");
      return this;
    }

    /**
     * Sets whether the system prompt ends with the agent's name and the form of others' messages;
     * default true. Set it to false if your own prompt explains this, or for a model without system
     * prompts.
     */
    public Builder introduced(boolean introduced) {
      this.introduced = introduced;
      return this;
    }

    /** Sets the model; required. */
    public Builder model(StreamingChatModel model) {
      this.model = Objects.requireNonNull(model, "model");
      return this;
    }

    /** Sets a fallback model, which is called when the first one fails for good; default none. */
    public Builder fallbackModel(StreamingChatModel model) {
      this.fallbackModel = Objects.requireNonNull(model, "model");
      return this;
    }

    Builder person(Person person) {
      this.person = person;
      return this;
    }

    Builder team(GroupChat team) {
      this.team = team;
      return this;
    }

    /**
     * Adds objects whose methods with {@link dev.langchain4j.agent.tool.Tool} the agent may call.
     * The annotation may be on an inherited method, or on the method that a proxy represents. The
     * methods run on the chat's executor and may block. Their parameters need names, by the
     * compiler's option {@code -parameters} or by {@code @P(name = …)}.
     *
     * @throws IllegalArgumentException if an object has no such method, if a parameter has no name,
     *     or if two tools share a name
     */
    public Builder tools(Object... objects) {
      for (Object object : objects) {
        AgentTool.of(object).forEach(this::addTool);
      }
      return this;
    }

    /**
     * Adds a tool with its own specification. It runs on the chat's executor and may block.
     *
     * @throws IllegalArgumentException if the agent already has a tool of that name
     */
    public Builder tool(ToolSpecification specification, ToolExecutor executor) {
      addTool(new AgentTool(specification, executor));
      return this;
    }

    /**
     * Adds a source of tools that is asked before each turn, in addition to {@link #tools}. A tool
     * with the name of one that the speaker selection gives to agents is not offered.
     */
    public Builder toolSource(ToolSource source) {
      toolSources.add(Objects.requireNonNull(source, "source"));
      return this;
    }

    /**
     * Adds a tool provider of langchain4j as a source; it may block. The provider finds the
     * conversation's id as the memory id, {@link ToolSource#OWNER_ID} and {@link
     * ToolSource#AGENT_NAME} among the invocation parameters, and the newest message of a person as
     * the user message.
     */
    public Builder toolProvider(ToolProvider provider) {
      return toolSource(new ProvidedTools(Objects.requireNonNull(provider, "provider")));
    }

    private void addTool(AgentTool tool) {
      if (tools.put(tool.name(), tool) != null) {
        throw new IllegalArgumentException(
            "Agent '" + name + "' has two tools called '" + tool.name() + "'");
      }
    }

    /**
     * Sets which tool calls a person must approve first; default none. Called in the conversation's
     * serial order; must not block.
     */
    public Builder needsApproval(Predicate<ToolExecutionRequest> calls) {
      this.needsApproval = Objects.requireNonNull(calls, "calls");
      return this;
    }

    /**
     * Sets what becomes of a call that had begun when its process ended, and whose result is
     * unknown; default {@link InterruptedCallPolicy#ASK}. Called in the conversation's serial order
     * when another process continues the conversation; must not block.
     */
    public Builder interruptedCalls(Function<ToolExecutionRequest, InterruptedCallPolicy> policy) {
      this.interruptedCalls = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Sets how many times in one turn the model may request tools, from 1; default {@value
     * Agent#DEFAULT_MAX_TOOL_ROUNDS}. When they are used up, the turn ends with {@code tool_calls}.
     */
    public Builder maxToolRounds(int rounds) {
      if (rounds < 1) {
        throw new IllegalArgumentException("maxToolRounds must be at least 1, not " + rounds);
      }
      this.maxToolRounds = rounds;
      return this;
    }

    /** Sets how often a failed call is repeated; default {@link RetryPolicy#defaults}. */
    public Builder retryPolicy(RetryPolicy policy) {
      this.retryPolicy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** Sets the timeouts for its turns; default: the chat's. */
    public Builder timeouts(Timeouts timeouts) {
      this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
      return this;
    }

    /** Sets the part of the conversation that the model sees; default: everything. */
    public Builder contextWindow(ContextWindow window) {
      this.contextWindow = Objects.requireNonNull(window, "window");
      return this;
    }

    /**
     * Sets the meaning of a clean end of the stream without a known finish reason; default {@code
     * TRUNCATED}. Use {@code STOP} for compatible servers that send no finish reason or their own
     * values.
     */
    public Builder missingFinishReason(TurnFinishReason reason) {
      this.missingFinishReason = Objects.requireNonNull(reason, "reason");
      return this;
    }

    /**
     * Sets whether thoughts that the model puts into its text, such as {@code <think>…</think>},
     * are shown as thinking and kept out of the message. True by default; false for a model whose
     * answers are about such marks.
     */
    public Builder thoughtsInText(boolean taken) {
      this.thoughtsInText = taken;
      return this;
    }

    /**
     * Sets whether viewers see the model's thinking; default true. Hidden thinking becomes no
     * event, so neither the journal nor a store has it.
     */
    public Builder thinkingShown(boolean shown) {
      this.thinkingShown = shown;
      return this;
    }

    /** Sets the sampling temperature, from 0 to 2. */
    public Builder temperature(double temperature) {
      if (!(temperature >= 0 && temperature <= 2)) {
        throw new IllegalArgumentException("temperature must be from 0 to 2, not " + temperature);
      }
      this.temperature = temperature;
      return this;
    }

    /** Sets the maximum number of tokens in one answer, from 1. */
    public Builder maxTokens(int maxTokens) {
      if (maxTokens < 1) {
        throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
      }
      this.maxTokens = maxTokens;
      return this;
    }

    /**
     * Returns the agent.
     *
     * @throws IllegalStateException if it has no model
     */
    public Agent build() {
      if (model == null && team == null && person == null) {
        throw new IllegalStateException("Agent '" + name + "' has no model: call model(…)");
      }
      return new Agent(this);
    }
  }
}

package io.agentstream.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import io.agentstream.chat.context.ContextWindow;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.settings.Timeouts;
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
  private final @Nullable StreamingChatModel model;
  private final @Nullable TeamRules team;
  private final @Nullable Person person;
  private final ModelUse modelUse;
  private final AgentTools tools;

  private Agent(Builder builder) {
    this.name = builder.name;
    this.description = builder.description;
    this.model = builder.model;
    this.team = builder.team;
    this.person = builder.person;
    this.modelUse = builder.modelUse.build();
    this.tools = builder.tools.build();
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
    return modelUse.systemPrompt();
  }

  /** Returns its model; null for an agent that is a team or a person. */
  public @Nullable StreamingChatModel model() {
    return model;
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
  @Nullable TeamRules team() {
    return team;
  }

  ModelUse modelUse() {
    return modelUse;
  }

  AgentTools tools() {
    return tools;
  }

  /** Returns the sampling temperature; null leaves it to the model. */
  public @Nullable Double temperature() {
    return modelUse.temperature();
  }

  /** Returns the maximum number of tokens in one answer; null leaves it to the model. */
  public @Nullable Integer maxTokens() {
    return modelUse.maxTokens();
  }

  @Override
  public String toString() {
    return "Agent[" + name + "]";
  }

  /** Builds an {@link Agent}. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private String description = "";
    private @Nullable StreamingChatModel model;
    private @Nullable TeamRules team;
    private @Nullable Person person;
    private final ModelUse.Settings modelUse = new ModelUse.Settings();
    private final AgentTools.Settings tools;

    private Builder(String name) {
      this.name = AgentName.checked(name);
      this.tools = new AgentTools.Settings(this.name);
    }

    /** Sets one sentence on the agent's purpose, for viewers. */
    public Builder description(String description) {
      this.description = Objects.requireNonNull(description, "description");
      return this;
    }

    /** Sets the instructions for the model; viewers never see them. */
    public Builder systemPrompt(String systemPrompt) {
      modelUse.systemPrompt = Objects.requireNonNull(systemPrompt, "systemPrompt");
      return this;
    }

    /**
     * Sets whether the system prompt ends with the agent's name and the form of others' messages;
     * default true. Set it to false if your own prompt explains this, or for a model without system
     * prompts.
     */
    public Builder introduced(boolean introduced) {
      modelUse.introduced = introduced;
      return this;
    }

    /** Sets the model; required. */
    public Builder model(StreamingChatModel model) {
      this.model = Objects.requireNonNull(model, "model");
      return this;
    }

    /** Sets a fallback model, which is called when the first one fails for good; default none. */
    public Builder fallbackModel(StreamingChatModel model) {
      modelUse.fallback = Objects.requireNonNull(model, "model");
      return this;
    }

    Builder person(Person person) {
      this.person = person;
      return this;
    }

    Builder team(TeamRules team) {
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
        AgentTool.of(object).forEach(tools::add);
      }
      return this;
    }

    /**
     * Adds a tool with its own specification. It runs on the chat's executor and may block.
     *
     * @throws IllegalArgumentException if the agent already has a tool of that name
     */
    public Builder tool(ToolSpecification specification, ToolExecutor executor) {
      tools.add(new AgentTool(specification, executor));
      return this;
    }

    /**
     * Adds a source of tools that is asked before each turn, in addition to {@link #tools}. A tool
     * with the name of one that the speaker selection gives to agents is not offered.
     */
    public Builder toolSource(ToolSource source) {
      tools.sources.add(Objects.requireNonNull(source, "source"));
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

    /**
     * Sets which tool calls a person must approve first; default none. Called in the conversation's
     * serial order; must not block.
     */
    public Builder needsApproval(Predicate<ToolExecutionRequest> calls) {
      tools.needsApproval = Objects.requireNonNull(calls, "calls");
      return this;
    }

    /**
     * Sets what becomes of a call that had begun when its process ended, and whose result is
     * unknown; default {@link InterruptedCallPolicy#ASK}. Called in the conversation's serial order
     * when another process continues the conversation; must not block.
     */
    public Builder interruptedCalls(Function<ToolExecutionRequest, InterruptedCallPolicy> policy) {
      tools.interruptedCalls = Objects.requireNonNull(policy, "policy");
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
      tools.maxRounds = rounds;
      return this;
    }

    /** Sets how often a failed call is repeated; default {@link RetryPolicy#defaults}. */
    public Builder retryPolicy(RetryPolicy policy) {
      modelUse.retryPolicy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** Sets the timeouts for its turns; default: the chat's. */
    public Builder timeouts(Timeouts timeouts) {
      modelUse.timeouts = Objects.requireNonNull(timeouts, "timeouts");
      return this;
    }

    /** Sets the part of the conversation that the model sees; default: everything. */
    public Builder contextWindow(ContextWindow window) {
      modelUse.window = Objects.requireNonNull(window, "window");
      return this;
    }

    /**
     * Sets the meaning of a clean end of the stream without a known finish reason; default {@code
     * TRUNCATED}. Use {@code STOP} for compatible servers that send no finish reason or their own
     * values.
     */
    public Builder missingFinishReason(TurnFinishReason reason) {
      modelUse.missingFinishReason = Objects.requireNonNull(reason, "reason");
      return this;
    }

    /**
     * Sets whether thoughts that the model puts into its text, such as {@code <think>…</think>},
     * are shown as thinking and kept out of the message. True by default; false for a model whose
     * answers are about such marks.
     */
    public Builder thoughtsInText(boolean taken) {
      modelUse.thoughtsInText = taken;
      return this;
    }

    /**
     * Sets whether viewers see the model's thinking; default true. Hidden thinking becomes no
     * event, so neither the journal nor a store has it.
     */
    public Builder thinkingShown(boolean shown) {
      modelUse.thinkingShown = shown;
      return this;
    }

    /** Sets the sampling temperature, from 0 to 2. */
    public Builder temperature(double temperature) {
      if (!(temperature >= 0 && temperature <= 2)) {
        throw new IllegalArgumentException("temperature must be from 0 to 2, not " + temperature);
      }
      modelUse.temperature = temperature;
      return this;
    }

    /** Sets the maximum number of tokens in one answer, from 1. */
    public Builder maxTokens(int maxTokens) {
      if (maxTokens < 1) {
        throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
      }
      modelUse.maxTokens = maxTokens;
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

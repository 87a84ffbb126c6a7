package io.agentstream.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.service.tool.ToolExecutor;
import io.agentstream.chat.context.ContextWindow;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.internal.NameKey;
import io.agentstream.settings.Timeouts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One voice of a group chat: a name, a character and the model that speaks for it. Immutable; one
 * agent may take part in any number of chats at once.
 */
public final class Agent {

  /** The longest name, in UTF-16 code units. */
  public static final int MAX_NAME_LENGTH = 64;

  /** How many times in one turn the model may ask for tools unless said otherwise. */
  public static final int DEFAULT_MAX_TOOL_ROUNDS = 8;

  private static final Set<String> RESERVED = Set.of("user", "system", "assistant", "tool");

  private final String name;
  private final String description;
  private final @Nullable String systemPrompt;
  private final @Nullable StreamingChatModel model;
  private final @Nullable StreamingChatModel fallbackModel;
  private final @Nullable GroupChat team;
  private final @Nullable Double temperature;
  private final @Nullable Integer maxTokens;
  private final Map<String, AgentTool> tools;
  private final Predicate<ToolExecutionRequest> needsApproval;
  private final int maxToolRounds;
  private final RetryPolicy retryPolicy;
  private final @Nullable Timeouts timeouts;
  private final ContextWindow contextWindow;
  private final TurnFinishReason missingFinishReason;
  private final boolean introduced;
  private final boolean thoughtsInText;

  private Agent(Builder builder) {
    this.name = builder.name;
    this.description = builder.description;
    this.systemPrompt = builder.systemPrompt;
    this.model = builder.model;
    this.fallbackModel = builder.fallbackModel;
    this.team = builder.team;
    this.temperature = builder.temperature;
    this.maxTokens = builder.maxTokens;
    this.tools = Collections.unmodifiableMap(new LinkedHashMap<>(builder.tools));
    this.needsApproval = builder.needsApproval;
    this.maxToolRounds = builder.maxToolRounds;
    this.retryPolicy = builder.retryPolicy;
    this.timeouts = builder.timeouts;
    this.contextWindow = builder.contextWindow;
    this.missingFinishReason = builder.missingFinishReason;
    this.introduced = builder.introduced;
    this.thoughtsInText = builder.thoughtsInText;
  }

  /**
   * Begins an agent.
   *
   * @param name what the others and the viewers call it: 1 to {@value #MAX_NAME_LENGTH} characters
   *     of any script, no control characters, no line break, no space at either end; not {@code
   *     user}, {@code system}, {@code assistant} or {@code tool}, in upper or lower case, which
   *     stand for somebody else in every prompt
   * @throws IllegalArgumentException if the name is none of that kind
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** What the others and the viewers call it. */
  public String name() {
    return name;
  }

  /** One sentence on what it is good for; shown to viewers. Empty by default. */
  public String description() {
    return description;
  }

  /** What the model is told about its part; never leaves the server. Null by default. */
  public @Nullable String systemPrompt() {
    return systemPrompt;
  }

  /** The model that speaks; null for an agent that is a team. */
  public @Nullable StreamingChatModel model() {
    return model;
  }

  /** The model that takes over when the first one fails for good; null for none. */
  @Nullable StreamingChatModel fallbackModel() {
    return fallbackModel;
  }

  /** The team that speaks; null for an agent with a model. */
  @Nullable GroupChat team() {
    return team;
  }

  Map<String, AgentTool> tools() {
    return tools;
  }

  boolean needsApproval(ToolExecutionRequest call) {
    return needsApproval.test(call);
  }

  int maxToolRounds() {
    return maxToolRounds;
  }

  RetryPolicy retryPolicy() {
    return retryPolicy;
  }

  /** The times for its turns; null for the chat's. */
  @Nullable Timeouts timeouts() {
    return timeouts;
  }

  ContextWindow contextWindow() {
    return contextWindow;
  }

  /** Whether its model is told what it is called, and how the words of others are shown. */
  boolean introduced() {
    return introduced;
  }

  /** Whether thoughts are taken out of the model's text. */
  boolean thoughtsInText() {
    return thoughtsInText;
  }

  TurnFinishReason missingFinishReason() {
    return missingFinishReason;
  }

  /** The sampling temperature; null leaves it to the model. */
  public @Nullable Double temperature() {
    return temperature;
  }

  /** The most tokens of one answer; null leaves it to the model. */
  public @Nullable Integer maxTokens() {
    return maxTokens;
  }

  @Override
  public String toString() {
    return "Agent[" + name + "]";
  }

  /** Collects what an {@link Agent} is made of. Not safe for use by several threads. */
  public static final class Builder {
    private final String name;
    private String description = "";
    private @Nullable String systemPrompt;
    private @Nullable StreamingChatModel model;
    private @Nullable StreamingChatModel fallbackModel;
    private @Nullable GroupChat team;
    private @Nullable Double temperature;
    private @Nullable Integer maxTokens;
    private final Map<String, AgentTool> tools = new LinkedHashMap<>();
    private Predicate<ToolExecutionRequest> needsApproval = call -> false;
    private int maxToolRounds = DEFAULT_MAX_TOOL_ROUNDS;
    private RetryPolicy retryPolicy = RetryPolicy.defaults();
    private @Nullable Timeouts timeouts;
    private ContextWindow contextWindow = ContextWindow.everything();
    private TurnFinishReason missingFinishReason = TurnFinishReason.TRUNCATED;
    private boolean introduced = true;
    private boolean thoughtsInText = true;

    private Builder(String name) {
      this.name = checkName(name);
    }

    /** One sentence on what the agent is good for; viewers see it. */
    public Builder description(String description) {
      this.description = Objects.requireNonNull(description, "description");
      return this;
    }

    /** What the model is told about its part; viewers never see it. */
    public Builder systemPrompt(String systemPrompt) {
      this.systemPrompt = Objects.requireNonNull(systemPrompt, "systemPrompt");
      return this;
    }

    /**
     * Whether the system prompt ends with the agent's name and with how the words of the others are
     * marked; true by default. Say false if your own prompt tells it, or for a model that takes no
     * system prompt.
     */
    public Builder introduced(boolean introduced) {
      this.introduced = introduced;
      return this;
    }

    /** The model that speaks; required. */
    public Builder model(StreamingChatModel model) {
      this.model = Objects.requireNonNull(model, "model");
      return this;
    }

    /** The model that takes over when the first one fails for good; none by default. */
    public Builder fallbackModel(StreamingChatModel model) {
      this.fallbackModel = Objects.requireNonNull(model, "model");
      return this;
    }

    Builder team(GroupChat team) {
      this.team = team;
      return this;
    }

    /**
     * Objects whose methods annotated with {@link dev.langchain4j.agent.tool.Tool} it may call; the
     * annotation may stand on a method that the object inherits, or that a proxy stands for. The
     * methods run on the chat's executor and may block. Give their parameters names, by the
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
     * A tool it may call, described by hand; runs on the chat's executor and may block.
     *
     * @throws IllegalArgumentException if it has a tool of that name
     */
    public Builder tool(ToolSpecification specification, ToolExecutor executor) {
      addTool(new AgentTool(specification, executor));
      return this;
    }

    private void addTool(AgentTool tool) {
      if (tools.put(tool.name(), tool) != null) {
        throw new IllegalArgumentException(
            "Agent '" + name + "' has two tools called '" + tool.name() + "'");
      }
    }

    /**
     * Which calls of tools a person must approve first; none by default. Called in the
     * conversation's serial order; must not block.
     */
    public Builder needsApproval(Predicate<ToolExecutionRequest> calls) {
      this.needsApproval = Objects.requireNonNull(calls, "calls");
      return this;
    }

    /**
     * How many times in one turn the model may ask for tools, from 1; {@value
     * Agent#DEFAULT_MAX_TOOL_ROUNDS} by default. When it is used up the turn ends with {@code
     * tool_calls}.
     */
    public Builder maxToolRounds(int rounds) {
      if (rounds < 1) {
        throw new IllegalArgumentException("maxToolRounds must be at least 1, not " + rounds);
      }
      this.maxToolRounds = rounds;
      return this;
    }

    /** How often a failed call is made again; {@link RetryPolicy#defaults} by default. */
    public Builder retryPolicy(RetryPolicy policy) {
      this.retryPolicy = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** The times for its turns; the chat's by default. */
    public Builder timeouts(Timeouts timeouts) {
      this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
      return this;
    }

    /** What of the conversation it is shown; everything by default. */
    public Builder contextWindow(ContextWindow window) {
      this.contextWindow = Objects.requireNonNull(window, "window");
      return this;
    }

    /**
     * What a clean end of the stream without a known finish reason means: {@code TRUNCATED} by
     * default; {@code STOP} for compatible servers that send none, or values of their own.
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

    /** The sampling temperature, from 0 to 2. */
    public Builder temperature(double temperature) {
      if (!(temperature >= 0 && temperature <= 2)) {
        throw new IllegalArgumentException("temperature must be from 0 to 2, not " + temperature);
      }
      this.temperature = temperature;
      return this;
    }

    /** The most tokens of one answer, from 1. */
    public Builder maxTokens(int maxTokens) {
      if (maxTokens < 1) {
        throw new IllegalArgumentException("maxTokens must be at least 1, not " + maxTokens);
      }
      this.maxTokens = maxTokens;
      return this;
    }

    /**
     * Makes the agent.
     *
     * @throws IllegalStateException if it has no model
     */
    public Agent build() {
      if (model == null && team == null) {
        throw new IllegalStateException("Agent '" + name + "' has no model: call model(…)");
      }
      return new Agent(this);
    }

    private static boolean breaksLines(int c) {
      return Character.isISOControl(c)
          || Character.getType(c) == Character.LINE_SEPARATOR
          || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
    }

    private static String checkName(String name) {
      Objects.requireNonNull(name, "name");
      if (name.isBlank() || name.length() > MAX_NAME_LENGTH || !name.equals(name.strip())) {
        throw new IllegalArgumentException(
            "An agent's name must have 1 to "
                + MAX_NAME_LENGTH
                + " characters and no space at either end: '"
                + name
                + "'");
      }
      if (name.chars().anyMatch(Builder::breaksLines)) {
        throw new IllegalArgumentException("An agent's name must not hold control characters");
      }
      if (RESERVED.contains(NameKey.of(name))) {
        throw new IllegalArgumentException(
            "An agent cannot be called '"
                + name
                + "': that stands for somebody else in every prompt. Choose another name");
      }
      return name;
    }
  }
}

package io.agentstream.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One voice of a group chat: a name, a character and the model that speaks for it. Immutable; one
 * agent may take part in any number of chats at once.
 */
public final class Agent {

  /** The longest name, in UTF-16 code units. */
  public static final int MAX_NAME_LENGTH = 64;

  private final String name;
  private final String description;
  private final @Nullable String systemPrompt;
  private final StreamingChatModel model;
  private final @Nullable Double temperature;
  private final @Nullable Integer maxTokens;

  private Agent(Builder builder, StreamingChatModel model) {
    this.name = builder.name;
    this.description = builder.description;
    this.systemPrompt = builder.systemPrompt;
    this.model = model;
    this.temperature = builder.temperature;
    this.maxTokens = builder.maxTokens;
  }

  /**
   * Begins an agent.
   *
   * @param name what the others and the viewers call it: 1 to {@value #MAX_NAME_LENGTH} characters
   *     of any script, no control characters, no space at either end
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

  /** The model that speaks. */
  public StreamingChatModel model() {
    return model;
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
    private @Nullable Double temperature;
    private @Nullable Integer maxTokens;

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

    /** The model that speaks; required. */
    public Builder model(StreamingChatModel model) {
      this.model = Objects.requireNonNull(model, "model");
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
      if (model == null) {
        throw new IllegalStateException("Agent '" + name + "' has no model: call model(…)");
      }
      return new Agent(this, model);
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
      if (name.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("An agent's name must not hold control characters");
      }
      return name;
    }
  }
}

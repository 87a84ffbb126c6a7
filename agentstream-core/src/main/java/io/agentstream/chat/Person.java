package io.agentstream.chat;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A seat for a person in a group chat. When it is the person's turn, in order, by a selector's pick
 * or by a handoff, the conversation asks for a text, and no thread waits. Anyone who may steer the
 * conversation can answer; the answer becomes a message of this participant, with whoever gave it
 * as its author. Immutable.
 *
 * <pre>{@code
 * Person customer = Person.builder("Customer").description("Knows what is wanted").build();
 * GroupChat chat = GroupChat.builder().participants(writer, customer.asAgent()).build();
 * }</pre>
 */
public final class Person {

  private final String name;
  private final String description;
  private final String prompt;
  private final @Nullable Duration timeout;
  private final InputTimeoutPolicy onTimeout;

  private Person(Builder builder) {
    this.name = builder.name;
    this.description = builder.description;
    this.prompt =
        builder.prompt == null ? "It is your turn, " + builder.name + "." : builder.prompt;
    this.timeout = builder.timeout;
    this.onTimeout = builder.onTimeout;
  }

  /**
   * Returns a builder for a person's seat.
   *
   * @param name its name, as for {@link Agent#builder}
   * @throws IllegalArgumentException if the name is invalid
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** Returns the name for agents and viewers. */
  public String name() {
    return name;
  }

  /** Returns this person as a participant of a chat. */
  public Agent asAgent() {
    return Agent.builder(name).description(description).person(this).build();
  }

  /** Returns the question if the turn has no instruction. */
  String prompt() {
    return prompt;
  }

  /** Returns how long a question waits; null for the chat's time. */
  @Nullable Duration timeout() {
    return timeout;
  }

  InputTimeoutPolicy onTimeout() {
    return onTimeout;
  }

  /** Builds a {@link Person}. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private String description = "";
    private @Nullable String prompt;
    private @Nullable Duration timeout;
    private InputTimeoutPolicy onTimeout = InputTimeoutPolicy.GO_ON;

    private Builder(String name) {
      this.name = AgentName.checked(name);
    }

    /** Sets one sentence on the person's part, for viewers and for selectors; default none. */
    public Builder description(String description) {
      this.description = Objects.requireNonNull(description, "description");
      return this;
    }

    /**
     * Sets the question for turns to which the selector adds no instruction; by default it says
     * whose turn it is.
     */
    public Builder prompt(String prompt) {
      this.prompt = Objects.requireNonNull(prompt, "prompt");
      return this;
    }

    /**
     * Sets how long a question waits, above zero; default {@link
     * io.agentstream.settings.Timeouts#input}.
     */
    public Builder timeout(Duration timeout) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("timeout must be above zero, not " + timeout);
      }
      this.timeout = timeout;
      return this;
    }

    /**
     * Sets what happens if nobody answers in time: by default {@link InputTimeoutPolicy#GO_ON}, the
     * turn is skipped.
     */
    public Builder onTimeout(InputTimeoutPolicy policy) {
      this.onTimeout = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /** Returns the person. */
    public Person build() {
      return new Person(this);
    }
  }
}

package io.agentstream.settings;

/**
 * How large things may get: the one place where these bounds stand.
 *
 * @param maxAgents the most agents a viewer may put into one conversation
 * @param maxRounds the most rounds a viewer may ask for
 * @param maxTopicChars the longest topic, in UTF-16 code units
 * @param maxMessageBytes the longest message from a viewer, in bytes over all its fragments
 * @param maxAnswerChars the longest answer of an agent, in UTF-16 code units; a model that goes on
 *     is hung up on
 * @param maxToolResultChars how much of a tool's result a model is told, in UTF-16 code units
 * @param journalEvents how many events of one conversation the journal keeps for replay
 * @param journalChars how much text those events may hold together, in UTF-16 code units
 */
public record Limits(
    int maxAgents,
    int maxRounds,
    int maxTopicChars,
    int maxMessageBytes,
    int maxAnswerChars,
    int maxToolResultChars,
    int journalEvents,
    int journalChars) {

  private static final Limits DEFAULTS = new Builder().build();

  /**
   * @throws IllegalArgumentException if a bound is less than 1
   */
  public Limits {
    check("maxAgents", maxAgents);
    check("maxRounds", maxRounds);
    check("maxTopicChars", maxTopicChars);
    check("maxMessageBytes", maxMessageBytes);
    check("maxAnswerChars", maxAnswerChars);
    check("maxToolResultChars", maxToolResultChars);
    check("journalEvents", journalEvents);
    check("journalChars", journalChars);
  }

  /**
   * 16 agents, 50 rounds, topics of 8,000 characters, messages of 64 KiB, answers of a million
   * characters, tool results of 100,000, and a journal of 10,000 events with a million characters.
   */
  public static Limits defaults() {
    return DEFAULTS;
  }

  /** Begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  private static void check(String name, int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + bound);
    }
  }

  /** Collects bounds; what is not set keeps its default. Not safe for use by several threads. */
  public static final class Builder {
    private int maxAgents = 16;
    private int maxRounds = 50;
    private int maxTopicChars = 8_000;
    private int maxMessageBytes = 64 * 1024;
    private int maxAnswerChars = 1_000_000;
    private int maxToolResultChars = 100_000;
    private int journalEvents = 10_000;
    private int journalChars = 1_000_000;

    private Builder() {}

    public Builder maxAgents(int bound) {
      this.maxAgents = bound;
      return this;
    }

    public Builder maxRounds(int bound) {
      this.maxRounds = bound;
      return this;
    }

    public Builder maxTopicChars(int bound) {
      this.maxTopicChars = bound;
      return this;
    }

    public Builder maxMessageBytes(int bound) {
      this.maxMessageBytes = bound;
      return this;
    }

    public Builder maxAnswerChars(int bound) {
      this.maxAnswerChars = bound;
      return this;
    }

    public Builder maxToolResultChars(int bound) {
      this.maxToolResultChars = bound;
      return this;
    }

    public Builder journalEvents(int bound) {
      this.journalEvents = bound;
      return this;
    }

    public Builder journalChars(int bound) {
      this.journalChars = bound;
      return this;
    }

    /**
     * Makes the limits.
     *
     * @throws IllegalArgumentException if a bound is less than 1
     */
    public Limits build() {
      return new Limits(
          maxAgents,
          maxRounds,
          maxTopicChars,
          maxMessageBytes,
          maxAnswerChars,
          maxToolResultChars,
          journalEvents,
          journalChars);
    }
  }
}

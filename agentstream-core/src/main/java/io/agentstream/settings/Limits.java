package io.agentstream.settings;

/**
 * The bounds on sizes and numbers, with their defaults.
 *
 * @param maxAgents the maximum number of agents in a conversation that a viewer starts
 * @param maxRounds the maximum number of rounds that a viewer may choose
 * @param maxTopicChars the longest topic, in UTF-16 code units
 * @param maxMessageBytes the longest message from a viewer, in bytes over all its fragments
 * @param maxAnswerChars the longest answer of a model, in UTF-16 code units; the call is aborted
 *     beyond it
 * @param maxToolResultChars the longest part of a tool's result that is sent to a model, in UTF-16
 *     code units
 * @param maxConversationChars how much text one conversation may hold: messages, thinking, and the
 *     arguments and results of tools, in UTF-16 code units; a run that exceeds it ends with {@code
 *     budget}
 * @param maxConversationMessages how many messages one conversation may hold; a run that exceeds it
 *     ends with {@code budget}
 * @param maxWaitingMessages how many messages of people may wait for the end of a turn
 * @param journalEvents how many events of one conversation the journal keeps for replay
 * @param journalChars how much text those events may hold together, in UTF-16 code units
 * @param journalSeconds how long an event is kept for replay, checked when the next one arrives
 * @param connectionsPerAddress how many connections of anonymous viewers one address may hold at
 *     once; 0 for no limit
 * @param connectionsPerUser how many connections one known user may hold at once; 0 for no limit
 * @param conversationsPerConnection how many conversations one connection may view at once; 0 for
 *     no limit
 * @param startsPerMinute how many runs one user, or one address of anonymous viewers, may begin in
 *     a minute; 0 for no limit
 * @param messagesPerMinute how many messages of any kind one user, or one anonymous connection, may
 *     send in a minute; 0 for no limit
 * @param maxImportBytes the longest document of a conversation that a viewer may import, in bytes
 *     of UTF-8
 */
public record Limits(
    int maxAgents,
    int maxRounds,
    int maxTopicChars,
    int maxMessageBytes,
    int maxAnswerChars,
    int maxToolResultChars,
    int maxConversationChars,
    int maxConversationMessages,
    int maxWaitingMessages,
    int journalEvents,
    int journalChars,
    int journalSeconds,
    int connectionsPerAddress,
    int connectionsPerUser,
    int conversationsPerConnection,
    int startsPerMinute,
    int messagesPerMinute,
    int maxImportBytes) {

  private static final Limits DEFAULTS = new Builder().build();

  /**
   * @throws IllegalArgumentException if a bound is less than 1, or less than 0 if 0 means no limit
   */
  public Limits {
    check("maxAgents", maxAgents);
    check("maxRounds", maxRounds);
    check("maxTopicChars", maxTopicChars);
    check("maxMessageBytes", maxMessageBytes);
    check("maxAnswerChars", maxAnswerChars);
    check("maxToolResultChars", maxToolResultChars);
    check("maxConversationChars", maxConversationChars);
    check("maxConversationMessages", maxConversationMessages);
    check("maxWaitingMessages", maxWaitingMessages);
    check("journalEvents", journalEvents);
    check("journalChars", journalChars);
    check("journalSeconds", journalSeconds);
    checkOptional("connectionsPerAddress", connectionsPerAddress);
    checkOptional("connectionsPerUser", connectionsPerUser);
    checkOptional("conversationsPerConnection", conversationsPerConnection);
    checkOptional("startsPerMinute", startsPerMinute);
    checkOptional("messagesPerMinute", messagesPerMinute);
    check("maxImportBytes", maxImportBytes);
  }

  /**
   * The defaults: 16 agents, 50 rounds, topics of 8,000 characters, messages of 64 KiB, answers of
   * a million characters, tool results of 100,000, conversations of 4 million characters and 5,000
   * messages of which 100 may wait; a journal of 10,000 events with a million characters, at most
   * half an hour old; 1,000 connections of an address, 100 of a user, 100 views of a connection; 60
   * starts and 600 messages a minute; documents of 4 MiB.
   */
  public static Limits defaults() {
    return DEFAULTS;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder with the values of this. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.maxAgents = maxAgents;
    builder.maxRounds = maxRounds;
    builder.maxTopicChars = maxTopicChars;
    builder.maxMessageBytes = maxMessageBytes;
    builder.maxAnswerChars = maxAnswerChars;
    builder.maxToolResultChars = maxToolResultChars;
    builder.maxConversationChars = maxConversationChars;
    builder.maxConversationMessages = maxConversationMessages;
    builder.maxWaitingMessages = maxWaitingMessages;
    builder.journalEvents = journalEvents;
    builder.journalChars = journalChars;
    builder.journalSeconds = journalSeconds;
    builder.connectionsPerAddress = connectionsPerAddress;
    builder.connectionsPerUser = connectionsPerUser;
    builder.conversationsPerConnection = conversationsPerConnection;
    builder.startsPerMinute = startsPerMinute;
    builder.messagesPerMinute = messagesPerMinute;
    builder.maxImportBytes = maxImportBytes;
    return builder;
  }

  private static void check(String name, int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + bound);
    }
  }

  private static void checkOptional(String name, int bound) {
    if (bound < 0) {
      throw new IllegalArgumentException(name + " must be at least 0, not " + bound);
    }
  }

  /** Builds limits. Bounds that are not set keep their defaults. Not thread-safe. */
  public static final class Builder {
    private int maxAgents = 16;
    private int maxRounds = 50;
    private int maxTopicChars = 8_000;
    private int maxMessageBytes = 64 * 1024;
    private int maxAnswerChars = 1_000_000;
    private int maxToolResultChars = 100_000;
    private int maxConversationChars = 4_000_000;
    private int maxConversationMessages = 5_000;
    private int maxWaitingMessages = 100;
    private int journalEvents = 10_000;
    private int journalChars = 1_000_000;
    private int journalSeconds = 1_800;
    private int connectionsPerAddress = 1_000;
    private int connectionsPerUser = 100;
    private int conversationsPerConnection = 100;
    private int startsPerMinute = 60;
    private int messagesPerMinute = 600;
    private int maxImportBytes = 4 * 1024 * 1024;

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

    public Builder maxConversationChars(int bound) {
      this.maxConversationChars = bound;
      return this;
    }

    public Builder maxConversationMessages(int bound) {
      this.maxConversationMessages = bound;
      return this;
    }

    public Builder maxWaitingMessages(int bound) {
      this.maxWaitingMessages = bound;
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

    public Builder journalSeconds(int bound) {
      this.journalSeconds = bound;
      return this;
    }

    public Builder connectionsPerAddress(int bound) {
      this.connectionsPerAddress = bound;
      return this;
    }

    public Builder connectionsPerUser(int bound) {
      this.connectionsPerUser = bound;
      return this;
    }

    public Builder conversationsPerConnection(int bound) {
      this.conversationsPerConnection = bound;
      return this;
    }

    public Builder startsPerMinute(int bound) {
      this.startsPerMinute = bound;
      return this;
    }

    public Builder messagesPerMinute(int bound) {
      this.messagesPerMinute = bound;
      return this;
    }

    public Builder maxImportBytes(int bound) {
      this.maxImportBytes = bound;
      return this;
    }

    /**
     * Returns the limits.
     *
     * @throws IllegalArgumentException if a bound is less than 1, or less than 0 if 0 means no
     *     limit
     */
    public Limits build() {
      return new Limits(
          maxAgents,
          maxRounds,
          maxTopicChars,
          maxMessageBytes,
          maxAnswerChars,
          maxToolResultChars,
          maxConversationChars,
          maxConversationMessages,
          maxWaitingMessages,
          journalEvents,
          journalChars,
          journalSeconds,
          connectionsPerAddress,
          connectionsPerUser,
          conversationsPerConnection,
          startsPerMinute,
          messagesPerMinute,
          maxImportBytes);
    }
  }
}

package io.agentstream.benchmarks.load;

/**
 * A load.
 *
 * @param name its name in the report
 * @param conversations the number of concurrent conversations, each with its own viewer
 * @param tokens the number of tokens in an answer
 * @param intervalMillis the time between two tokens; 0 for as fast as they are accepted
 * @param settleMillis how long it runs before it is measured; 0 to measure the burst of starts too
 * @param measureMillis how long it is measured
 */
record Scenario(
    String name,
    int conversations,
    int tokens,
    int intervalMillis,
    long settleMillis,
    long measureMillis) {

  static final Scenario STEADY = new Scenario("steady", 50, 200, 10, 2_000, 8_000);
  static final Scenario BURST = new Scenario("burst", 1_500, 50, 200, 0, 12_000);
  static final Scenario FLAT_OUT = new Scenario("flat-out", 50, 2_000, 0, 1_000, 5_000);

  /** Conversations that cost little but their start and their end. */
  static final Scenario TURNS = new Scenario("turns", 1_500, 1, 0, 0, 12_000);

  /** The same under another name. */
  Scenario named(String other) {
    return new Scenario(other, conversations, tokens, intervalMillis, settleMillis, measureMillis);
  }

  /** Returns a load with a fifth of the time, and for a burst a fifth of the conversations. */
  Scenario shortened() {
    return new Scenario(
        name,
        isRepeated() ? conversations : conversations / 5,
        isRepeated() ? tokens : Math.max(1, tokens / 5),
        intervalMillis,
        settleMillis / 4,
        measureMillis / 5);
  }

  /** Conversations start repeatedly, except in a burst. */
  boolean isRepeated() {
    return settleMillis > 0;
  }
}

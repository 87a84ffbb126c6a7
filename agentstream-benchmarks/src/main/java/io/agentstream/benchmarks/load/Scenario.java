package io.agentstream.benchmarks.load;

/**
 * A load.
 *
 * @param name what the report calls it
 * @param conversations how many at once, each with a viewer of its own
 * @param tokens how many an answer has
 * @param intervalMillis how long between two of them; 0 for as fast as they are taken
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

  /** The same under another name. */
  Scenario named(String other) {
    return new Scenario(other, conversations, tokens, intervalMillis, settleMillis, measureMillis);
  }

  /** The same in a fifth of the time, and a burst of a fifth of the conversations. */
  Scenario shortened() {
    return new Scenario(
        name,
        isRepeated() ? conversations : conversations / 5,
        isRepeated() ? tokens : tokens / 5,
        intervalMillis,
        settleMillis / 4,
        measureMillis / 5);
  }

  /** Conversations start over and over, but in a burst just once. */
  boolean isRepeated() {
    return settleMillis > 0;
  }
}

package io.agentstream.benchmarks.load;

import org.HdrHistogram.Histogram;

/** What viewers have received. Written by the thread of the crowd. */
final class Tally {

  private static final long LONGEST_MICROS = 60_000_000;

  private final Histogram latency = new Histogram(LONGEST_MICROS, 3);
  private long tokens;
  private long bytes;
  private long frames;
  private long lost;
  private long ended;
  private long broken;

  void frame(int length) {
    frames++;
    bytes += length;
  }

  void token(long micros) {
    tokens++;
    latency.recordValue(Math.min(LONGEST_MICROS, Math.max(0, micros)));
  }

  /** A conversation is over, of which so many tokens have not come. */
  void ended(long missing) {
    ended++;
    lost += missing;
  }

  /** A connection broke, or its text was not whole. */
  void breaks() {
    broken++;
  }

  long tokens() {
    return tokens;
  }

  long bytes() {
    return bytes;
  }

  long frames() {
    return frames;
  }

  long ended() {
    return ended;
  }

  /** How many tokens the conversations lack that are over. */
  long lost() {
    return lost;
  }

  long broken() {
    return broken;
  }

  long latencyMicros(double percentile) {
    return latency.getValueAtPercentile(percentile);
  }
}

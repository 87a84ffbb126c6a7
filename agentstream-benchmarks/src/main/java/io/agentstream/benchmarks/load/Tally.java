package io.agentstream.benchmarks.load;

import org.HdrHistogram.Histogram;

/** The tokens that viewers have received. Written by the crowd's thread. */
final class Tally {

  private static final long LONGEST_MICROS = 60_000_000;

  private final Histogram latency = new Histogram(LONGEST_MICROS, 3);
  private long tokens;
  private long bytes;
  private long frames;
  private long lost;
  private long snapshots;
  private long ended;
  private long broken;

  void frame(int length) {
    frames++;
    bytes += length;
  }

  void snapshot(int length) {
    snapshots++;
    bytes += length;
  }

  void token(long micros) {
    tokens++;
    latency.recordValue(Math.min(LONGEST_MICROS, Math.max(0, micros)));
  }

  /** Records the end of a conversation with this many missing tokens. */
  void ended(long missing) {
    ended++;
    lost += missing;
  }

  /** Records a broken connection or an incomplete text. */
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

  long snapshots() {
    return snapshots;
  }

  long ended() {
    return ended;
  }

  /** Returns the number of missing tokens in ended conversations. */
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

package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * The processor time of a viewer that needs a snapshot of a long conversation, in milliseconds.
 *
 * @param whole the time of the server for each viewer
 * @param command the same with a conversation of a few tokens: what any two commands cost at this
 *     pace, without a long snapshot
 * @param bare a bare write of as many bytes, to as many sockets, at the same pace
 * @param bytes the length of the snapshot
 */
record SnapshotCost(double whole, double command, double bare, int bytes) {

  static final int VIEWERS = 200;
  private static final int FEW_TOKENS = 20;
  // Linux counts hundredths of a second, and 200 viewers at once take two or three of them.
  private static final int TIMES_AT_ONCE = 10;
  private static final int MOST_SECONDS_TO_SETTLE = 30;
  private static final long SETTLED_MICROS = 20_000;
  private static final double MOST = 2;

  /** Lets all viewers of a crowd ask for a conversation, and waits for their snapshots. */
  @FunctionalInterface
  interface Arrival {
    void of(Crowd crowd, String id) throws IOException;
  }

  /**
   * Two conversations and the viewers of both.
   *
   * @param few the conversation of a few tokens
   */
  record Audience(ServerUnderTest server, Crowd crowd, String few, String many)
      implements AutoCloseable {

    static Audience of(ServerUnderTest server, int tokens) throws IOException {
      String few = say(server, FEW_TOKENS);
      String many = say(server, tokens);
      Crowd crowd = new Crowd(server.kind(), server.endpoint());
      try {
        crowd.connect(VIEWERS);
        // From now on, each viewer leaves this conversation when it asks for another.
        crowd.joinAll(few, 0);
      } catch (IOException | RuntimeException e) {
        crowd.close();
        throw e;
      }
      return new Audience(server, crowd, few, many);
    }

    private static String say(ServerUnderTest server, int tokens) throws IOException {
      try (Crowd one = new Crowd(server.kind(), server.endpoint())) {
        one.connect(1);
        return one.sayAll(tokens);
      }
    }

    /**
     * Lets them all arrive, first at the short conversation and then at the long one.
     *
     * @param pauseMillis the time between two bare writes; 0 for all at once
     */
    SnapshotCost cost(int pauseMillis, Arrival arrival) throws IOException {
      int times = pauseMillis == 0 ? TIMES_AT_ONCE : 1;
      double command = millis(few, times, arrival);
      double whole = millis(many, times, arrival);
      int bytes = (int) (crowd.take().bytes() / VIEWERS);
      double bare = BareWrite.microsInTurn(VIEWERS, bytes, pauseMillis) / 1e3;
      return new SnapshotCost(whole, command, bare, bytes);
    }

    /** Returns the processor time for each viewer. */
    private double millis(String id, int times, Arrival arrival) throws IOException {
      long before = server.cpuMicros();
      for (int i = 0; i < times; i++) {
        Tally unused = crowd.take();
        arrival.of(crowd, id);
      }
      return (server.cpuMicros() - before) / 1e3 / VIEWERS / times;
    }

    /**
     * Lets them arrive often, because no other load has the compiler work on this code, and waits
     * until the compiler is done with it. A single time is too little to wait for.
     */
    void warmUp(int times, Arrival arrival) throws IOException {
      for (int i = 0; i < times; i++) {
        double unused = millis(few, 1, arrival) + millis(many, 1, arrival);
      }
      if (times > 1) {
        settle();
      }
    }

    private void settle() throws IOException {
      for (int i = 0; i < MOST_SECONDS_TO_SETTLE; i++) {
        long before = server.cpuMicros();
        crowd.run(1_000);
        if (server.cpuMicros() - before <= SETTLED_MICROS) {
          return;
        }
      }
    }

    @Override
    public void close() throws IOException {
      crowd.close();
    }
  }

  static List<String> cells(List<SnapshotCost> rounds) {
    return List.of(
        figure("%.2f", Median.of(rounds, SnapshotCost::whole)),
        figure("%.2f", Median.of(rounds, SnapshotCost::command)),
        figure("%.3f", Median.of(rounds, SnapshotCost::bare)));
  }

  /** Returns the length of the snapshot in KB. */
  static String kilobytes(List<SnapshotCost> rounds) {
    return figure("%.0f", Median.of(rounds, it -> it.bytes / 1_024.0));
  }

  static void check(String load, String what, List<SnapshotCost> rounds, Results results) {
    double whole = Median.of(rounds, it -> it.whole / it.bare);
    double snapshot = Median.of(rounds, it -> (it.whole - it.command) / it.bare);
    String copy = what + " / a bare write of its bytes";
    results.add(Goal.atMost(load, "CPU of " + copy, MOST, whole, ""));
    results.add(Goal.atMost(load, "CPU of the snapshot alone, " + copy, MOST, snapshot, ""));
  }

  private static String figure(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}

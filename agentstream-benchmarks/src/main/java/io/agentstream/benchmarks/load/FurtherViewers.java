package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Measures the cost of a further viewer: one conversation with one viewer, and with a hundred. */
final class FurtherViewers implements Experiment {

  private static final int MANY = 100;
  private static final int INTERVAL_MILLIS = 5;
  private static final int FRAME_BYTES = 141;
  private static final long SETTLE_MILLIS = 1_000;

  @Override
  public void run(Bench bench, Results results) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    double bare = bareWrite(bench);
    for (ServerUnderTest server : bench.warm(List.of(Servers.OURS, Servers.OURS_ON_TOMCAT))) {
      List<Double> each = new ArrayList<>();
      List<Double> alone = new ArrayList<>();
      long lost = 0;
      for (int round = 0; round < bench.options().rounds(); round++) {
        boolean quick = bench.options().quick();
        One one = bench.alone(server, it -> measure(it, 1, quick));
        One many = bench.alone(server, it -> measure(it, MANY, quick));
        alone.add(one.cpuMicrosPerToken);
        each.add((many.cpuMicrosPerToken - one.cpuMicrosPerToken) / (MANY - 1));
        lost += one.lost + many.lost;
      }
      bench.say(
          "viewers, %s: %.1f µs for each further one".formatted(server.name(), Median.of(each)));
      rows.add(
          List.of(
              server.name(),
              String.format(Locale.ROOT, "%.1f", Median.of(alone)),
              String.format(Locale.ROOT, "%.2f", Median.of(each)),
              String.format(Locale.ROOT, "%.2f", bare),
              String.valueOf(lost)));
      if (server.name().equals(Servers.OURS)) {
        results.add(
            Goal.atMost(
                "viewers",
                "CPU a further viewer and token / a bare write",
                1.3,
                Median.of(each) / bare,
                ""));
        results.add(Goal.none("viewers", "token lost", lost));
      }
    }
    results.add(
        new Table(
            "viewers",
            "one conversation, a token every " + INTERVAL_MILLIS + " ms, 1 and 100 viewers",
            List.of(
                "server",
                "CPU µs a token, one viewer",
                "for each further viewer",
                "of them a bare write",
                "lost"),
            rows));
  }

  /**
   * A bare write of as many bytes to as many sockets at the same pace, which is the minimum for a
   * frame.
   */
  private static double bareWrite(Bench bench) throws IOException {
    List<Double> rounds = new ArrayList<>();
    for (int round = 0; round < bench.options().rounds(); round++) {
      rounds.add(
          BareWrite.micros(
              MANY, FRAME_BYTES, INTERVAL_MILLIS, bench.options().quick() ? 100 : 600));
    }
    bench.say("viewers: a bare write takes %.1f µs".formatted(Median.of(rounds)));
    return Median.of(rounds);
  }

  /** The processor time for each token of the conversation, for all viewers together. */
  static One measure(ServerUnderTest server, int viewers, boolean quick) throws IOException {
    long millis = quick ? 1_000 : 8_000;
    int tokens = (int) ((millis + 2 * SETTLE_MILLIS) / INTERVAL_MILLIS);
    try (Crowd crowd = new Crowd(server.kind(), server.endpoint())) {
      crowd.connect(viewers);
      crowd.startTogether(tokens, INTERVAL_MILLIS);
      crowd.run(SETTLE_MILLIS);
      Tally before = crowd.take();
      long cpu = server.cpuMicros();
      crowd.run(millis);
      long used = server.cpuMicros() - cpu;
      Tally measured = crowd.take();
      crowd.runUntilEnded(viewers - before.ended() - measured.ended(), Crowd.PATIENCE_MILLIS);
      Tally rest = crowd.take();
      long ended = before.ended() + measured.ended() + rest.ended();
      long lost = measured.lost() + rest.lost() + (viewers - ended) * tokens;
      long said = Math.max(1, measured.tokens() / viewers);
      return new One((double) used / said, lost + measured.broken() + rest.broken(), said);
    }
  }

  /** The figures of one round; {@code said} is the number of the conversation's tokens. */
  record One(double cpuMicrosPerToken, long lost, long said) {}
}

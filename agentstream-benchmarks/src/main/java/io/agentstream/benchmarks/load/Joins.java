package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures viewers that come to a conversation of 20,000 tokens: one after the other, and all at
 * once. Each gets a snapshot, which is compared with a bare write of as many bytes.
 */
final class Joins implements Experiment {

  /** The servers whose viewers join and resync. */
  static final List<String> SERVERS =
      List.of(Servers.OURS, Servers.OURS_ON_TOMCAT, Servers.OURS_SMALL);

  private static final int VIEWERS = 200;
  private static final int TOKENS = 20_000;
  private static final int PACED_AT_MILLIS = 20;
  private static final double MOST = 2;

  @Override
  public void run(Bench bench, Results results) throws IOException {
    int tokens = bench.options().quick() ? TOKENS / 10 : TOKENS;
    List<List<String>> rows = new ArrayList<>();
    for (ServerUnderTest server : bench.warm(SERVERS)) {
      Rounds joins = new Rounds(new ArrayList<>());
      for (int round = 0; round < bench.options().rounds(); round++) {
        bench.alone(server, it -> measure(it, tokens, joins));
      }
      rows.add(joins.row(server.name()));
      if (!server.name().equals(Servers.OURS_ON_TOMCAT)) {
        joins.check(server.name().equals(Servers.OURS) ? "join" : "join, 256 MB", results);
      }
    }
    results.add(
        new Table(
            "join",
            "%d viewers come to a conversation of %,d tokens".formatted(VIEWERS, tokens),
            List.of(
                "server",
                "CPU ms a join, one after the other",
                "all at once",
                "a bare write of its bytes",
                "KB"),
            rows));
  }

  /** Measures one round. */
  static One measure(ServerUnderTest server, int tokens, Rounds into) throws IOException {
    try (Crowd crowd = new Crowd(server.kind(), server.endpoint())) {
      crowd.connect(VIEWERS);
      String id = crowd.sayAll(tokens);
      double paced = joins(server, crowd, id, PACED_AT_MILLIS);
      double atOnce = joins(server, crowd, id, 0);
      int bytes = (int) (crowd.take().bytes() / VIEWERS);
      double bare = BareWrite.micros(1, bytes, PACED_AT_MILLIS, VIEWERS) / 1e3;
      One one = new One(paced, atOnce, bare, bytes);
      into.add(one);
      return one;
    }
  }

  /** Returns the milliseconds of processor time for each viewer. */
  private static double joins(ServerUnderTest server, Crowd crowd, String id, int pauseMillis)
      throws IOException {
    Tally unused = crowd.take();
    long before = server.cpuMicros();
    crowd.joinAll(id, pauseMillis);
    return (server.cpuMicros() - before) / 1e3 / VIEWERS;
  }

  /** One round: milliseconds of processor time, and the bytes of a snapshot. */
  record One(double paced, double atOnce, double bare, int bytes) {}

  /** The rounds of one server. */
  record Rounds(List<One> all) {

    void add(One one) {
      all.add(one);
    }

    List<String> row(String server) {
      return List.of(
          server,
          figure("%.2f", Median.of(all, One::paced)),
          figure("%.2f", Median.of(all, One::atOnce)),
          figure("%.2f", Median.of(all, One::bare)),
          figure("%.0f", Median.of(all, it -> it.bytes / 1_024.0)));
    }

    void check(String load, Results results) {
      double paced = Median.of(all, it -> it.paced / it.bare);
      double atOnce = Median.of(all, it -> it.atOnce / it.bare);
      results.add(Goal.atMost(load, "CPU a join / a bare write of its bytes", MOST, paced, ""));
      results.add(Goal.atMost(load, "the same, all viewers at once", MOST, atOnce, ""));
    }

    private static String figure(String format, double value) {
      return String.format(Locale.ROOT, format, value);
    }
  }
}

package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures viewers that all come back at once to a conversation of 20,000 tokens, at a place that
 * its journal no longer has. All of them need a snapshot at the same moment; it is compared with a
 * bare write of as many bytes.
 */
final class Resyncs implements Experiment {

  private static final int VIEWERS = 200;
  private static final int TOKENS = 20_000;
  private static final int WRITES_EVERY_MILLIS = 20;
  private static final double MOST = 2;

  @Override
  public void run(Bench bench, Results results) throws IOException {
    int tokens = bench.options().quick() ? TOKENS / 10 : TOKENS;
    List<List<String>> rows = new ArrayList<>();
    for (ServerUnderTest server : bench.warm(Joins.SERVERS)) {
      List<One> rounds = new ArrayList<>();
      for (int round = 0; round < bench.options().rounds(); round++) {
        rounds.add(bench.alone(server, it -> measure(it, tokens)));
      }
      rows.add(row(server.name(), rounds));
      check(server.name(), rounds, results);
    }
    results.add(
        new Table(
            "resync",
            "%d viewers resync at once with a conversation of %,d tokens"
                .formatted(VIEWERS, tokens),
            List.of("server", "CPU ms a resync", "a bare write of its bytes", "KB"),
            rows));
  }

  /** Measures one round. */
  static One measure(ServerUnderTest server, int tokens) throws IOException {
    try (Crowd crowd = new Crowd(server.kind(), server.endpoint())) {
      crowd.connect(VIEWERS);
      String id = crowd.sayAll(tokens);
      Tally unused = crowd.take();
      long before = server.cpuMicros();
      crowd.resyncAll(id);
      double cpu = (server.cpuMicros() - before) / 1e3 / VIEWERS;
      int bytes = (int) (crowd.take().bytes() / VIEWERS);
      double bare = BareWrite.micros(1, bytes, WRITES_EVERY_MILLIS, VIEWERS) / 1e3;
      return new One(cpu, bare, bytes);
    }
  }

  /** One round: milliseconds of processor time for each viewer, and the bytes of a snapshot. */
  record One(double cpu, double bare, int bytes) {}

  private static List<String> row(String server, List<One> rounds) {
    return List.of(
        server,
        String.format(Locale.ROOT, "%.2f", Median.of(rounds, One::cpu)),
        String.format(Locale.ROOT, "%.2f", Median.of(rounds, One::bare)),
        String.format(Locale.ROOT, "%.0f", Median.of(rounds, it -> it.bytes / 1_024.0)));
  }

  private static void check(String server, List<One> rounds, Results results) {
    if (!server.equals(Servers.OURS_ON_TOMCAT)) {
      double ratio = Median.of(rounds, it -> it.cpu / it.bare);
      String load = server.equals(Servers.OURS) ? "resync" : "resync, 256 MB";
      results.add(Goal.atMost(load, "CPU a resync / a bare write of its bytes", MOST, ratio, ""));
    }
  }
}

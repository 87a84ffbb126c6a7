package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the heap of an idle conversation with one viewer. The container's own part is measured
 * with the hand-written server on the same container, whose idle connection holds nothing else.
 */
final class IdleConversations implements Experiment {

  private static final int TOKENS = 20;

  @Override
  public void run(Bench bench, Results results) throws IOException {
    int count = bench.options().quick() ? 200 : 2_000;
    List<List<String>> rows = new ArrayList<>();
    One jetty = measure(bench, Servers.OURS, count, true);
    rows.add(row(Servers.OURS, jetty));
    One tomcat = measure(bench, Servers.OURS_ON_TOMCAT, count, true);
    rows.add(row(Servers.OURS_ON_TOMCAT, tomcat));
    One plain = measure(bench, Servers.BY_HAND, count, false);
    rows.add(row(Servers.BY_HAND, plain));
    results.add(
        new Table(
            "idle",
            "%,d viewers, each with a conversation that has said %d tokens"
                .formatted(count, TOKENS),
            List.of("server", "heap KB a connection", "more with its conversation"),
            rows));
    results.add(
        Goal.atMost(
            "idle",
            "heap a conversation and viewer, besides the container's own",
            25,
            tomcat.connection + tomcat.conversation - plain.connection,
            " KB"));
  }

  private static List<String> row(String server, One one) {
    return List.of(
        server,
        String.format(Locale.ROOT, "%.1f", one.connection),
        Double.isNaN(one.conversation)
            ? "–"
            : String.format(Locale.ROOT, "%.1f", one.conversation));
  }

  private static One measure(Bench bench, String name, int count, boolean talking)
      throws IOException {
    try (ServerUnderTest server = bench.fresh(name)) {
      return measure(server, count, talking);
    }
  }

  static One measure(ServerUnderTest server, int count, boolean talking) throws IOException {
    // Classes and pools are loaded before the measurement.
    try (Crowd crowd = new Crowd(server.kind(), server.endpoint())) {
      crowd.connect(50);
      crowd.start(TOKENS, 1, false);
      crowd.runUntilEnded(50, 10_000);
    }
    long before = server.heapBytes();
    try (Crowd crowd = new Crowd(server.kind(), server.endpoint())) {
      crowd.connect(count);
      crowd.run(500);
      long connected = crowd.during(server::heapBytes);
      double connection = (connected - before) / 1_024.0 / count;
      if (!talking) {
        return new One(connection, Double.NaN);
      }
      crowd.startSlowly(TOKENS, 1, 1, 2_000);
      crowd.runUntilEnded(count, 30_000);
      long talked = crowd.during(server::heapBytes);
      return new One(connection, (talked - connected) / 1_024.0 / count);
    }
  }

  /** In kilobytes of 1,024 bytes. */
  record One(double connection, double conversation) {}
}

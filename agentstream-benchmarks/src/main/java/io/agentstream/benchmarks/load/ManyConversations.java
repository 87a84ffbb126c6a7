package io.agentstream.benchmarks.load;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/**
 * Measures ten thousand concurrent conversations, with one token a second each, on a new process;
 * with a heap of 256 MB as many as a server of that size runs by default.
 */
final class ManyConversations implements Experiment {

  private static final int INTERVAL_MILLIS = 1_000;
  private static final int SPARE_FILES = 1_000;

  @Override
  public void run(Bench bench, Results results) throws IOException {
    for (String server : bench.options().among(List.of(Servers.OURS, Servers.OURS_SMALL))) {
      Sizes full = server.equals(Servers.OURS) ? Sizes.FULL : Sizes.OF_256_MB;
      Sizes sizes = bench.options().quick() ? Sizes.SMALL : full;
      run(bench, results, server, sizes);
    }
  }

  private static void run(Bench bench, Results results, String name, Sizes sizes)
      throws IOException {
    String load = name.equals(Servers.OURS) ? "many" : "many, 256 MB";
    One one;
    try (ServerUnderTest server = bench.fresh(name)) {
      one = measure(server, sizes);
    } catch (IOException | UncheckedIOException e) {
      // A server that runs out of memory ends. That is a result; the other loads go on.
      bench.say(load + ": " + e.getMessage());
      results.add(Goal.none(load, "server that ends", 1));
      return;
    }
    Measurement measured = one.measurement;
    double heap = (double) one.heapBytes / sizes.conversations / 1_024;
    results.add(
        new Table(
            "many",
            "%,d conversations open, a token a second each, over %,d connections"
                .formatted(sizes.conversations, one.connections),
            List.of(
                "server",
                "CPU µs a token",
                "p50 ms",
                "p99 ms",
                "threads, of them Java's",
                "heap KB a conversation, all told",
                "lost"),
            List.of(
                List.of(
                    measured.server(),
                    String.format(Locale.ROOT, "%.1f", measured.cpuMicrosPerToken()),
                    String.format(Locale.ROOT, "%.1f", measured.p50Micros() / 1e3),
                    String.format(Locale.ROOT, "%.1f", measured.p99Micros() / 1e3),
                    measured.threads() + ", " + measured.javaThreads(),
                    String.format(Locale.ROOT, "%.1f", heap),
                    String.valueOf(measured.lost() + measured.broken())))));
    results.add(Goal.none(load, "token lost", measured.lost() + measured.broken()));
    results.add(Goal.atMost(load, "Java threads", 64, measured.javaThreads(), ""));
    results.add(Goal.atMost(load, "heap a conversation, all told", 100, heap, " KB"));
    results.add(Goal.atMost(load, "p99", 250, measured.p99Micros() / 1e3, " ms"));
  }

  static One measure(ServerUnderTest server, Sizes sizes) throws IOException {
    // A server's connections to the model server count too: with few files, viewers share theirs.
    int each = 2 * sizes.conversations + SPARE_FILES > mostFiles() ? 2 : 1;
    int connections = sizes.conversations / each;
    int tokens = (int) ((sizes.startMillis + sizes.settleMillis + 2 * sizes.measureMillis) / 1_000);
    try (Crowd crowd = new Crowd(server.kind(), server.endpoint())) {
      crowd.connect(connections);
      crowd.startSlowly(tokens, INTERVAL_MILLIS, each, sizes.startMillis);
      crowd.run(sizes.settleMillis);
      Tally before = crowd.take();
      Stopwatch watch = new Stopwatch(server);
      crowd.run(sizes.measureMillis);
      watch.stop();
      Tally measured = crowd.take();
      int javaThreads = crowd.during(server::javaThreads);
      long heapBytes = crowd.during(server::heapBytes);
      crowd.runUntilEnded(
          connections - before.ended() - measured.ended(),
          Crowd.PATIENCE_MILLIS + 1_000L * 2 * tokens);
      Tally rest = crowd.take();
      long ended = before.ended() + measured.ended() + rest.ended();
      long lost = before.lost() + measured.lost() + rest.lost();
      lost += (connections - ended) * each * tokens;
      long broken = before.broken() + measured.broken() + rest.broken();
      return new One(
          watch.measurement(measured, javaThreads, lost, broken), heapBytes, connections);
    }
  }

  private static long mostFiles() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getMaxFileDescriptorCount();
  }

  /** The size and the duration of the load. */
  record Sizes(int conversations, long startMillis, long settleMillis, long measureMillis) {
    static final Sizes FULL = new Sizes(10_000, 20_000, 10_000, 20_000);
    static final Sizes OF_256_MB = new Sizes(2_000, 4_000, 10_000, 20_000);
    static final Sizes SMALL = new Sizes(500, 1_000, 1_000, 3_000);
  }

  /** The figures of one process. */
  record One(Measurement measurement, long heapBytes, int connections) {}
}

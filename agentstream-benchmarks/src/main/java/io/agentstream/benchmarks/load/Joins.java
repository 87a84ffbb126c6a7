package io.agentstream.benchmarks.load;

import io.agentstream.benchmarks.load.SnapshotCost.Audience;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures viewers that come to a conversation of 20,000 tokens: one after the other, and all at
 * once. Each gets a snapshot.
 */
final class Joins implements Experiment {

  /** The servers whose viewers join and resync. */
  static final List<String> SERVERS =
      List.of(Servers.OURS, Servers.OURS_ON_TOMCAT, Servers.OURS_SMALL);

  private static final int TOKENS = 20_000;
  private static final int PACED_AT_MILLIS = 20;
  private static final int WARM_UPS = 40;

  @Override
  public void run(Bench bench, Results results) throws IOException {
    int tokens = tokens(bench);
    List<List<String>> rows = new ArrayList<>();
    for (ServerUnderTest server : bench.warm(SERVERS)) {
      List<One> rounds = new ArrayList<>();
      for (int round = 0; round < bench.options().rounds(); round++) {
        int warmUps = warmUps(bench, round);
        rounds.add(bench.alone(server, it -> measure(it, tokens, PACED_AT_MILLIS, warmUps)));
      }
      List<SnapshotCost> inTurn = rounds.stream().map(One::inTurn).toList();
      List<SnapshotCost> atOnce = rounds.stream().map(One::atOnce).toList();
      rows.add(row(server.name(), inTurn, atOnce));
      if (!server.name().equals(Servers.OURS_ON_TOMCAT)) {
        String load = server.name().equals(Servers.OURS) ? "join" : "join, 256 MB";
        SnapshotCost.check(load, "a join, one viewer after the other", inTurn, results);
        SnapshotCost.check(load, "a join, all viewers at once", atOnce, results);
      }
    }
    results.add(
        new Table(
            "join",
            "%d viewers come to a conversation of %,d tokens"
                .formatted(SnapshotCost.VIEWERS, tokens),
            List.of(
                "server",
                "CPU ms a join, one after the other",
                "of a conversation of 20 tokens",
                "a bare write",
                "CPU ms a join, all at once",
                "of a conversation of 20 tokens",
                "a bare write",
                "KB"),
            rows));
  }

  static int tokens(Bench bench) {
    return bench.options().quick() ? TOKENS / 10 : TOKENS;
  }

  /** Returns how often the viewers arrive before this round. */
  static int warmUps(Bench bench, int round) {
    return round > 0 ? 0 : bench.options().quick() ? 1 : WARM_UPS;
  }

  /**
   * Measures one round.
   *
   * @param pauseMillis the time between two joins that come one after the other
   */
  static One measure(ServerUnderTest server, int tokens, int pauseMillis, int warmUps)
      throws IOException {
    try (Audience viewers = Audience.of(server, tokens)) {
      viewers.warmUp(warmUps, (crowd, id) -> crowd.joinAll(id, 0));
      viewers.warmUp(warmUps, (crowd, id) -> crowd.joinAll(id, 1));
      return new One(
          viewers.cost(pauseMillis, (crowd, id) -> crowd.joinAll(id, pauseMillis)),
          viewers.cost(0, (crowd, id) -> crowd.joinAll(id, 0)));
    }
  }

  /** One round. */
  record One(SnapshotCost inTurn, SnapshotCost atOnce) {}

  private static List<String> row(
      String server, List<SnapshotCost> inTurn, List<SnapshotCost> atOnce) {
    return Stream.of(
            List.of(server),
            SnapshotCost.cells(inTurn),
            SnapshotCost.cells(atOnce),
            List.of(SnapshotCost.kilobytes(inTurn)))
        .flatMap(List::stream)
        .toList();
  }
}

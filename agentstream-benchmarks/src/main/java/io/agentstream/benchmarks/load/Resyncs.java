package io.agentstream.benchmarks.load;

import io.agentstream.benchmarks.load.SnapshotCost.Audience;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures viewers that all come back at once to a conversation of 20,000 tokens, at a place that
 * its journal no longer has. All of them need a snapshot at the same moment.
 */
final class Resyncs implements Experiment {

  @Override
  public void run(Bench bench, Results results) throws IOException {
    int tokens = Joins.tokens(bench);
    List<List<String>> rows = new ArrayList<>();
    for (ServerUnderTest server : bench.warm(Joins.SERVERS)) {
      List<SnapshotCost> rounds = new ArrayList<>();
      for (int round = 0; round < bench.options().rounds(); round++) {
        int warmUps = Joins.warmUps(bench, round);
        rounds.add(bench.alone(server, it -> measure(it, tokens, warmUps)));
      }
      rows.add(row(server.name(), rounds));
      if (!server.name().equals(Servers.OURS_ON_TOMCAT)) {
        String load = server.name().equals(Servers.OURS) ? "resync" : "resync, 256 MB";
        SnapshotCost.check(load, "a resync", rounds, results);
      }
    }
    results.add(
        new Table(
            "resync",
            "%d viewers resync at once with a conversation of %,d tokens"
                .formatted(SnapshotCost.VIEWERS, tokens),
            List.of(
                "server",
                "CPU ms a resync",
                "with a conversation of 20 tokens",
                "a bare write",
                "KB"),
            rows));
  }

  /** Measures one round. */
  static SnapshotCost measure(ServerUnderTest server, int tokens, int warmUps) throws IOException {
    try (Audience viewers = Audience.of(server, tokens)) {
      viewers.warmUp(warmUps, Crowd::resyncAll);
      return viewers.cost(0, Crowd::resyncAll);
    }
  }

  private static List<String> row(String server, List<SnapshotCost> rounds) {
    return Stream.of(
            List.of(server), SnapshotCost.cells(rounds), List.of(SnapshotCost.kilobytes(rounds)))
        .flatMap(List::stream)
        .toList();
  }
}

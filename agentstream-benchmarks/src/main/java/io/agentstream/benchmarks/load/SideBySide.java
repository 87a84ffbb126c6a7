package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures servers under the same load in turn, round after round. */
record SideBySide(Scenario scenario, List<String> servers, Goals goals) implements Experiment {

  /** The goals for the figures. */
  @FunctionalInterface
  interface Goals {
    void check(Rounds rounds, Results results);
  }

  private static final List<String> COLUMNS =
      List.of(
          "server",
          "CPU µs a token",
          "the first's share of it",
          "tokens a second",
          "frames a token",
          "bytes a token",
          "p50 ms",
          "p99 ms",
          "threads, of them Java's",
          "MB",
          "lost");

  @Override
  public void run(Bench bench, Results results) throws IOException {
    Map<String, List<Measurement>> measured = measure(bench, servers, scenario);
    results.add(scenario.name(), measured);
    results.add(table(bench.options().quick() ? scenario.shortened() : scenario, measured));
    goals.check(new Rounds(measured), results);
  }

  static Map<String, List<Measurement>> measure(
      Bench bench, List<String> compared, Scenario scenario) throws IOException {
    List<ServerUnderTest> servers = bench.warm(compared);
    Map<String, List<Measurement>> measured = new LinkedHashMap<>();
    if (!bench.options().quick()) {
      for (ServerUnderTest server : servers) {
        // The general warm-up hardly starts conversations, which some loads mostly do.
        Measurement unused = bench.measure(server, scenario);
      }
    }
    for (int round = 1; round <= bench.options().rounds(); round++) {
      for (ServerUnderTest server : servers) {
        Measurement result = bench.measure(server, scenario);
        bench.say(
            "%s, round %d, %s: %.1f µs a token"
                .formatted(scenario.name(), round, server.name(), result.cpuMicrosPerToken()));
        measured.computeIfAbsent(server.name(), name -> new ArrayList<>()).add(result);
      }
    }
    return measured;
  }

  private static Table table(Scenario scenario, Map<String, List<Measurement>> measured) {
    List<Measurement> first = measured.values().iterator().next();
    List<List<String>> rows = new ArrayList<>();
    measured.forEach((name, rounds) -> rows.add(row(name, rounds, first)));
    String about =
        "%,d conversations, %,d %s each, %s"
            .formatted(
                scenario.conversations(),
                scenario.tokens(),
                scenario.tokens() == 1 ? "token" : "tokens",
                scenario.intervalMillis() == 0
                    ? "as fast as they come"
                    : "one every " + scenario.intervalMillis() + " ms");
    return new Table(scenario.name(), about, COLUMNS, rows);
  }

  private static List<String> row(String name, List<Measurement> rounds, List<Measurement> first) {
    return List.of(
        name,
        figure("%.1f", Median.of(rounds, Measurement::cpuMicrosPerToken)),
        figure("%.2f", Median.ofRatios(first, rounds, Measurement::cpuMicrosPerToken)),
        figure("%,.0f", Median.of(rounds, Measurement::tokensPerSecond)),
        figure("%.2f", Median.of(rounds, Measurement::framesPerToken)),
        figure("%.0f", Median.of(rounds, Measurement::bytesPerToken)),
        figure("%.1f", Median.of(rounds, it -> it.p50Micros() / 1_000.0)),
        figure("%.1f", Median.of(rounds, it -> it.p99Micros() / 1_000.0)),
        figure("%.0f", Median.of(rounds, Measurement::threads))
            + figure(", %.0f", Median.of(rounds, Measurement::javaThreads)),
        figure("%.0f", Median.of(rounds, it -> it.residentKilobytes() / 1_024.0)),
        String.valueOf(rounds.stream().mapToLong(it -> it.lost() + it.broken()).sum()));
  }

  private static String figure(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}

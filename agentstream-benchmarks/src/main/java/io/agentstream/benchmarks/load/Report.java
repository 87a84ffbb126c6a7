package io.agentstream.benchmarks.load;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A table in Markdown: medians, and the ratio to the first server as the median of the rounds'. */
record Report(Scenario scenario, Map<String, List<Measurement>> results) {

  void print(PrintStream out) {
    out.printf(
        "%n%s: %d conversations, %d tokens each, %s%n%n",
        scenario.name(),
        scenario.conversations(),
        scenario.tokens(),
        scenario.intervalMillis() == 0
            ? "as fast as they come"
            : "one every " + scenario.intervalMillis() + " ms");
    out.println(
        "| server | CPU µs a token | the first's share of it | tokens a second | bytes a token"
            + " | p50 ms | p99 ms | threads | MB | lost |");
    out.println("|---|---|---|---|---|---|---|---|---|---|");
    List<Measurement> first = results.values().iterator().next();
    results.forEach((name, rounds) -> out.println(row(name, rounds, first)));
  }

  private static String row(String name, List<Measurement> rounds, List<Measurement> first) {
    return "| %s | %.1f | %.2f | %,.0f | %.0f | %.1f | %.1f | %.0f | %.0f | %d |"
        .formatted(
            name,
            median(rounds, Measurement::cpuMicrosPerToken),
            ratio(first, rounds),
            median(rounds, Measurement::tokensPerSecond),
            median(rounds, Measurement::bytesPerToken),
            median(rounds, it -> it.p50Micros() / 1_000.0),
            median(rounds, it -> it.p99Micros() / 1_000.0),
            median(rounds, Measurement::threads),
            median(rounds, it -> it.residentKilobytes() / 1_024.0),
            rounds.stream().mapToLong(it -> it.lost() + it.broken()).sum());
  }

  private static double ratio(List<Measurement> first, List<Measurement> other) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < other.size(); i++) {
      ratios.add(first.get(i).cpuMicrosPerToken() / other.get(i).cpuMicrosPerToken());
    }
    return median(ratios);
  }

  private static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> figure) {
    return median(rounds.stream().map(figure::applyAsDouble).toList());
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}

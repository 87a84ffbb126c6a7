package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * One load in several sizes.
 *
 * @param varied the quantity that varies
 * @param sizes the load in each size
 */
record Sweep(String name, String about, String varied, Map<Integer, Scenario> sizes)
    implements Experiment {

  private static final int TOKENS_A_SECOND = 5_000;

  static Sweep ofConversations() {
    Map<Integer, Scenario> sizes = new TreeMap<>();
    for (int size : List.of(10, 50, 200, 500)) {
      int intervalMillis = 100;
      sizes.put(size, new Scenario("by-conversations", size, 100, intervalMillis, 2_000, 6_000));
    }
    return new Sweep(
        "by-conversations", "a token every 100 ms, 100 a message", "conversations", sizes);
  }

  static Sweep ofLengths() {
    Map<Integer, Scenario> sizes = new TreeMap<>();
    int conversations = 10;
    int intervalMillis = 1_000 * conversations / TOKENS_A_SECOND;
    for (int size : List.of(50, 200, 1_000, 4_000)) {
      // Long enough for a whole message of the longest kind.
      sizes.put(size, new Scenario("by-length", conversations, size, intervalMillis, 1_000, 8_000));
    }
    return new Sweep(
        "by-length", "10 conversations, a token every 2 ms", "tokens a message", sizes);
  }

  @Override
  public void run(Bench bench, Results results) throws IOException {
    Map<String, TreeMap<Double, Double>> cost = new LinkedHashMap<>();
    Map<String, TreeMap<Double, Double>> bytes = new LinkedHashMap<>();
    for (Map.Entry<Integer, Scenario> size : sizes.entrySet()) {
      Map<String, List<Measurement>> measured =
          SideBySide.measure(bench, Servers.compared(), size.getValue());
      results.add(name + " " + size.getKey(), measured);
      double x = size.getKey();
      put(cost, x, measured, Measurement::cpuMicrosPerToken);
      put(bytes, x, measured, Measurement::bytesPerToken);
    }
    results.add(table(cost, bytes));
    results.add(new Plot("cost-" + name, "CPU µs a token by " + varied, varied, "µs", cost));
    checkBytes(bytes, results);
  }

  private static void put(
      Map<String, TreeMap<Double, Double>> lines,
      double x,
      Map<String, List<Measurement>> measured,
      ToDoubleFunction<Measurement> figure) {
    measured.forEach(
        (server, rounds) ->
            lines.computeIfAbsent(server, it -> new TreeMap<>()).put(x, Median.of(rounds, figure)));
  }

  private Table table(
      Map<String, TreeMap<Double, Double>> cost, Map<String, TreeMap<Double, Double>> bytes) {
    List<String> columns = new ArrayList<>(List.of("server"));
    sizes.keySet().forEach(size -> columns.add("%,d".formatted(size)));
    List<List<String>> rows = new ArrayList<>();
    cost.forEach(
        (server, line) -> {
          List<String> row = new ArrayList<>(List.of(server));
          line.forEach(
              (x, micros) ->
                  row.add(
                      String.format(
                          Locale.ROOT, "%.1f µs, %.0f B", micros, at(bytes, server).get(x))));
          rows.add(row);
        });
    return new Table(name, about + "; CPU and bytes a token, by " + varied, columns, rows);
  }

  /** Only the decimal digits in a frame may grow. */
  private void checkBytes(Map<String, TreeMap<Double, Double>> bytes, Results results) {
    if (name.equals("by-length") && bytes.containsKey(Servers.OURS)) {
      TreeMap<Double, Double> line = at(bytes, Servers.OURS);
      results.add(
          Goal.atMost(
              name,
              "bytes a token, longest message / shortest",
              1.1,
              line.lastEntry().getValue() / line.firstEntry().getValue(),
              ""));
    }
  }

  private static TreeMap<Double, Double> at(
      Map<String, TreeMap<Double, Double>> lines, String server) {
    TreeMap<Double, Double> line = lines.get(server);
    if (line == null) {
      throw new IllegalArgumentException(server + " was not measured");
    }
    return line;
  }
}

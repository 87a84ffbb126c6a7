package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures new processes: the time until they are ready, and the cost of the first 1,000 tokens and
 * of the first 100 conversations.
 */
final class ColdStart implements Experiment {

  private static final Scenario FIRST_TOKENS = new Scenario("cold", 10, 100, 10, 0, 5_000);

  private static final Scenario FIRST_CONVERSATIONS = new Scenario("cold", 100, 1, 0, 0, 5_000);

  @Override
  public void run(Bench bench, Results results) throws IOException {
    Map<String, List<One>> measured = new LinkedHashMap<>();
    for (int round = 0; round < bench.options().rounds(); round++) {
      for (String name : bench.options().among(Servers.compared())) {
        measured.computeIfAbsent(name, it -> new ArrayList<>()).add(measure(bench, name));
      }
    }
    List<List<String>> rows = new ArrayList<>();
    measured.forEach(
        (name, rounds) ->
            rows.add(
                List.of(
                    name,
                    String.format(Locale.ROOT, "%.2f", Median.of(rounds, One::secondsToReady)),
                    String.format(Locale.ROOT, "%.0f", Median.of(rounds, One::millisOfTokens)),
                    String.format(
                        Locale.ROOT, "%.0f", Median.of(rounds, One::millisOfConversations)))));
    results.add(
        new Table(
            "cold",
            "new processes, 10 conversations of 100 tokens, or 100 of one token",
            List.of(
                "server",
                "seconds to ready",
                "CPU ms of the first 1,000 tokens",
                "CPU ms of the first 100 conversations"),
            rows));
    check(measured, results);
  }

  private static One measure(Bench bench, String name) throws IOException {
    double conversations;
    try (ServerUnderTest server = bench.fresh(name)) {
      conversations = cpuMillis(bench, server, FIRST_CONVERSATIONS);
    }
    try (ServerUnderTest server = bench.fresh(name)) {
      double tokens = cpuMillis(bench, server, FIRST_TOKENS);
      bench.say(
          "cold, %s: ready in %d ms, %.0f ms for the first tokens, %.0f for the first conversations"
              .formatted(name, server.millisToReady(), tokens, conversations));
      return new One(server.millisToReady() / 1e3, tokens, conversations);
    }
  }

  private static double cpuMillis(Bench bench, ServerUnderTest server, Scenario scenario)
      throws IOException {
    return new Load(bench::say).measure(server, scenario).cpuMicros() / 1e3;
  }

  private static void check(Map<String, List<One>> measured, Results results) {
    List<One> ours = measured.get(Servers.OURS);
    List<One> quarkus = measured.get(Servers.QUARKUS);
    if (ours == null) {
      return;
    }
    results.add(
        Goal.atMost("cold", "time to ready", 1.5, Median.of(ours, One::secondsToReady), " s"));
    if (quarkus != null) {
      results.add(
          Goal.atMost(
              "cold",
              "CPU of the first 1,000 tokens / " + Servers.QUARKUS,
              0.7,
              Median.ofRatios(ours, quarkus, One::millisOfTokens),
              ""));
      results.add(
          Goal.atMost(
              "cold",
              "CPU of the first 100 conversations / " + Servers.QUARKUS,
              0.7,
              Median.ofRatios(ours, quarkus, One::millisOfConversations),
              ""));
    }
  }

  /** The figures of one process. */
  record One(double secondsToReady, double millisOfTokens, double millisOfConversations) {}
}

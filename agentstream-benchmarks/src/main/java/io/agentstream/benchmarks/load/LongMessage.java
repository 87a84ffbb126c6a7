package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures messages of 20,000 tokens: the cost of a token in the last tenth, compared with the
 * first.
 */
final class LongMessage implements Experiment {

  private static final int CONVERSATIONS = 10;
  private static final int TENTHS = 10;

  @Override
  public void run(Bench bench, Results results) throws IOException {
    int tokens = bench.options().quick() ? 2_000 : 20_000;
    List<List<String>> rows = new ArrayList<>();
    for (ServerUnderTest server : bench.warm(Servers.compared())) {
      List<double[]> rounds = new ArrayList<>();
      for (int round = 0; round < bench.options().rounds(); round++) {
        rounds.add(bench.alone(server, it -> tenths(it, tokens)));
      }
      double first = Median.of(rounds, it -> it[0]);
      double last = Median.of(rounds, it -> it[TENTHS - 1]);
      double ratio = Median.of(rounds, it -> it[TENTHS - 1] / it[0]);
      bench.say("long, %s: %.1f µs, at the end %.1f µs".formatted(server.name(), first, last));
      rows.add(
          List.of(
              server.name(),
              String.format(Locale.ROOT, "%.1f", first),
              String.format(Locale.ROOT, "%.1f", last),
              String.format(Locale.ROOT, "%.2f", ratio)));
      if (server.name().equals(Servers.OURS)) {
        results.add(Goal.atMost("long", "CPU a token, last tenth / first tenth", 1.1, ratio, ""));
      }
    }
    results.add(
        new Table(
            "long",
            "%d messages of %,d tokens, one every ms".formatted(CONVERSATIONS, tokens),
            List.of("server", "CPU µs a token in the first tenth", "in the last", "ratio"),
            rows));
  }

  /** The processor time of a token in each tenth of the messages. */
  static double[] tenths(ServerUnderTest server, int tokens) throws IOException {
    double[] tenths = new double[TENTHS];
    try (Crowd crowd = new Crowd(server.kind(), server.endpoint())) {
      crowd.connect(CONVERSATIONS);
      crowd.start(tokens, 1, false);
      for (int tenth = 0; tenth < TENTHS; tenth++) {
        long cpu = server.cpuMicros();
        crowd.run(tokens / TENTHS);
        Tally said = crowd.take();
        tenths[tenth] = (server.cpuMicros() - cpu) / (double) Math.max(1, said.tokens());
      }
      crowd.runUntilEnded(CONVERSATIONS, 20_000);
    }
    return tenths;
  }
}

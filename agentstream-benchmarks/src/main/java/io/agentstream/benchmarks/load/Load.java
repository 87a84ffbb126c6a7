package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.util.function.Consumer;

/** Runs loads on servers and measures. */
final class Load {

  private static final long WARM_UP_TOKENS = 2_500_000;
  private static final int WARM_UP_SECONDS = 180;
  private static final int MOST_WINDOWS = 10;
  private static final int LEVEL_WINDOWS = 2;
  private static final double STILL_FALLING = 0.97;

  private final Consumer<String> progress;
  private final boolean quick;

  Load(Consumer<String> progress) {
    this(progress, false);
  }

  /**
   * @param quick true for a short warm-up
   */
  Load(Consumer<String> progress, boolean quick) {
    this.progress = progress;
    this.quick = quick;
  }

  Measurement measure(ServerUnderTest server, Scenario scenario) throws IOException {
    try (Crowd crowd = new Crowd(server.kind(), server.endpoint())) {
      crowd.connect(scenario.conversations());
      Stopwatch watch = new Stopwatch(server);
      crowd.start(scenario.tokens(), scenario.intervalMillis(), scenario.isRepeated());
      if (scenario.isRepeated()) {
        crowd.run(scenario.settleMillis());
        crowd.take();
        watch = new Stopwatch(server);
        crowd.run(scenario.measureMillis());
      } else {
        crowd.runUntilEnded(
            scenario.conversations(), scenario.measureMillis() + Crowd.PATIENCE_MILLIS);
      }
      watch.stop();
      Tally measured = crowd.take();
      crowd.startNoMore();
      int javaThreads = crowd.during(server::javaThreads);
      Tally rest = drain(crowd, scenario);
      return watch.measurement(
          measured,
          javaThreads,
          measured.lost() + rest.lost() + missing(measured, rest, scenario),
          measured.broken() + rest.broken());
    }
  }

  private static Tally drain(Crowd crowd, Scenario scenario) throws IOException {
    if (scenario.isRepeated()) {
      crowd.runUntilEnded(scenario.conversations(), Crowd.PATIENCE_MILLIS);
    }
    return crowd.take();
  }

  /** Returns the missing tokens of conversations that never ended. */
  private static long missing(Tally measured, Tally rest, Scenario scenario) {
    long ended = scenario.isRepeated() ? rest.ended() : measured.ended();
    return Math.max(0, scenario.conversations() - ended) * scenario.tokens();
  }

  /**
   * Warms up for millions of tokens, and then until the cost of a token has stopped falling twice
   * in a row.
   */
  void warmUp(ServerUnderTest server) throws IOException {
    if (quick) {
      Measurement unused = measure(server, Scenario.FLAT_OUT.shortened());
      return;
    }
    long tokens = 0;
    long deadline = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L;
    while (tokens < WARM_UP_TOKENS && System.nanoTime() < deadline) {
      tokens += measure(server, Scenario.FLAT_OUT).tokens();
    }
    progress.accept("%s has warmed up with %,d tokens".formatted(server.name(), tokens));
    double best = Double.MAX_VALUE;
    int level = 0;
    for (int i = 0; i < MOST_WINDOWS && level < LEVEL_WINDOWS; i++) {
      Measurement window = measure(server, Scenario.STEADY);
      progress.accept(
          "%s warms up: %.1f µs a token".formatted(server.name(), window.cpuMicrosPerToken()));
      level = window.cpuMicrosPerToken() > best * STILL_FALLING ? level + 1 : 0;
      best = Math.min(best, window.cpuMicrosPerToken());
    }
  }
}

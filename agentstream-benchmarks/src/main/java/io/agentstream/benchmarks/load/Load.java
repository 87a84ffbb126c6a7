package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.util.function.Consumer;

/** Puts loads on servers and measures. */
final class Load {

  private static final long DRAIN_MILLIS = 8_000;
  private static final long WARM_UP_TOKENS = 1_500_000;
  private static final int WARM_UP_SECONDS = 90;
  private static final int MOST_WINDOWS = 8;
  private static final double STILL_FALLING = 0.97;

  private final Consumer<String> progress;

  Load(Consumer<String> progress) {
    this.progress = progress;
  }

  Measurement measure(ServerUnderTest server, Scenario scenario) throws IOException {
    try (Crowd crowd = new Crowd(server.kind(), server.endpoint())) {
      crowd.connect(scenario.conversations());
      long cpu = server.cpuMicros();
      long start = System.nanoTime();
      crowd.start(scenario.tokens(), scenario.intervalMillis(), scenario.isRepeated());
      if (scenario.isRepeated()) {
        crowd.run(scenario.settleMillis());
        crowd.take();
        cpu = server.cpuMicros();
        start = System.nanoTime();
        crowd.run(scenario.measureMillis());
      } else {
        crowd.runUntilEnded(scenario.conversations(), scenario.measureMillis() + DRAIN_MILLIS);
      }
      long millis = (System.nanoTime() - start) / 1_000_000;
      long used = server.cpuMicros() - cpu;
      int threads = server.threads();
      long resident = server.residentKilobytes();
      Tally measured = crowd.take();
      crowd.startNoMore();
      Tally rest = drain(crowd, scenario);
      return new Measurement(
          server.name(),
          measured.tokens(),
          measured.frames(),
          measured.lost() + rest.lost() + missing(measured, rest, scenario),
          measured.broken() + rest.broken(),
          measured.bytes(),
          used,
          millis,
          measured.latencyMicros(50),
          measured.latencyMicros(99),
          threads,
          resident);
    }
  }

  private static Tally drain(Crowd crowd, Scenario scenario) throws IOException {
    if (scenario.isRepeated()) {
      crowd.runUntilEnded(scenario.conversations(), DRAIN_MILLIS);
    }
    return crowd.take();
  }

  /** What conversations lack that never came to their end. */
  private static long missing(Tally measured, Tally rest, Scenario scenario) {
    long ended = scenario.isRepeated() ? rest.ended() : measured.ended();
    return Math.max(0, scenario.conversations() - ended) * scenario.tokens();
  }

  /** Until a token costs no less than before. */
  void warmUp(ServerUnderTest server) throws IOException {
    long tokens = 0;
    long deadline = System.nanoTime() + WARM_UP_SECONDS * 1_000_000_000L;
    while (tokens < WARM_UP_TOKENS && System.nanoTime() < deadline) {
      tokens += measure(server, Scenario.FLAT_OUT).tokens();
    }
    double best = Double.MAX_VALUE;
    for (int i = 0; i < MOST_WINDOWS; i++) {
      Measurement window = measure(server, Scenario.STEADY);
      progress.accept(
          "%s warms up: %.1f µs a token".formatted(server.name(), window.cpuMicrosPerToken()));
      if (window.cpuMicrosPerToken() > best * STILL_FALLING) {
        return;
      }
      best = window.cpuMicrosPerToken();
    }
  }
}

package io.agentstream.benchmarks.load;

/** Measures a server's usage between two moments. */
final class Stopwatch {

  private final ServerUnderTest server;
  private final long cpuAtStart;
  private final long nanosAtStart;
  private long cpuMicros;
  private long millis;
  private int threads;
  private long residentKilobytes;

  /** Starts. */
  Stopwatch(ServerUnderTest server) {
    this.server = server;
    this.cpuAtStart = server.cpuMicros();
    this.nanosAtStart = System.nanoTime();
  }

  void stop() {
    millis = (System.nanoTime() - nanosAtStart) / 1_000_000;
    cpuMicros = server.cpuMicros() - cpuAtStart;
    threads = server.threads();
    residentKilobytes = server.residentKilobytes();
  }

  /**
   * @param javaThreads read once it has stopped, because a thread dump costs processor time
   */
  Measurement measurement(Tally received, int javaThreads, long lost, long broken) {
    return new Measurement(
        server.name(),
        received.tokens(),
        received.frames(),
        lost,
        broken,
        received.bytes(),
        cpuMicros,
        millis,
        received.latencyMicros(50),
        received.latencyMicros(99),
        threads,
        javaThreads,
        residentKilobytes);
  }
}

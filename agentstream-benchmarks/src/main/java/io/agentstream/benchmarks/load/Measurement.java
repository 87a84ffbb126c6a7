package io.agentstream.benchmarks.load;

/**
 * What one server did under one load.
 *
 * @param cpuMicros processor time of the server process
 * @param millis how long it was measured
 * @param threads of the operating system, at the end of the load
 * @param javaThreads those of them that run Java code; all where the server is not Java
 */
record Measurement(
    String server,
    long tokens,
    long frames,
    long lost,
    long broken,
    long bytes,
    long cpuMicros,
    long millis,
    long p50Micros,
    long p99Micros,
    int threads,
    int javaThreads,
    long residentKilobytes) {

  double cpuMicrosPerToken() {
    return (double) cpuMicros / Math.max(1, tokens);
  }

  double bytesPerToken() {
    return (double) bytes / Math.max(1, tokens);
  }

  double framesPerToken() {
    return (double) frames / Math.max(1, tokens);
  }

  double tokensPerSecond() {
    return 1_000.0 * tokens / millis;
  }
}

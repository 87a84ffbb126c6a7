package io.agentstream.benchmarks.load;

/**
 * The figures of one server under one load.
 *
 * @param cpuMicros processor time of the server process
 * @param millis the duration of the measurement in milliseconds
 * @param threads the operating system's threads at the end of the load
 * @param javaThreads the threads among them that run Java code; all if the server is not Java
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

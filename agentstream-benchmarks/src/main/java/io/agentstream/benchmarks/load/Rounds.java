package io.agentstream.benchmarks.load;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The rounds of each server under one load, in the order they were measured in. */
record Rounds(Map<String, List<Measurement>> byServer) {

  boolean has(String... servers) {
    return byServer.keySet().containsAll(List.of(servers));
  }

  /**
   * Returns the ratio of the first server's figure to the other's: the median of the rounds'
   * ratios.
   */
  double ratio(String first, String other, ToDoubleFunction<Measurement> figure) {
    return Median.ofRatios(of(first), of(other), figure);
  }

  double median(String server, ToDoubleFunction<Measurement> figure) {
    return Median.of(of(server), figure);
  }

  long lost(String server) {
    return of(server).stream().mapToLong(it -> it.lost() + it.broken()).sum();
  }

  private List<Measurement> of(String server) {
    List<Measurement> rounds = byServer.get(server);
    if (rounds == null) {
      throw new IllegalArgumentException(server + " was not measured");
    }
    return rounds;
  }
}

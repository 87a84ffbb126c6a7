package io.agentstream.benchmarks.load;

import java.io.IOException;

/** One load on the servers, and its results for the report. */
@FunctionalInterface
interface Experiment {
  void run(Bench bench, Results results) throws IOException;
}

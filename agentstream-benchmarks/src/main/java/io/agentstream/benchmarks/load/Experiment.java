package io.agentstream.benchmarks.load;

import java.io.IOException;

/** One load, put on the servers, and what is to be said of it. */
@FunctionalInterface
interface Experiment {
  void run(Bench bench, Results results) throws IOException;
}

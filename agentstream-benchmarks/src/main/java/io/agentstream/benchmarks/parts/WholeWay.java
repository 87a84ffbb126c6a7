package io.agentstream.benchmarks.parts;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures a token from the bytes of its server-sent event to the socket of one viewer, including a
 * share of the conversation's start and end.
 */
@State(Scope.Thread)
public class WholeWay {

  private static final int TOKENS = 1_000;

  private TokenPath path = new TokenPath(OpenSocket.many(1));

  /** Ended conversations are kept for a while; here not longer than an iteration. */
  @Setup(Level.Iteration)
  public void renew() {
    path.close();
    path = new TokenPath(OpenSocket.many(1));
  }

  @Benchmark
  @OperationsPerInvocation(TOKENS)
  public void token() {
    path.start();
    for (int i = 0; i < TOKENS; i++) {
      path.token();
    }
    path.end();
  }

  @TearDown
  public void close() {
    path.close();
  }
}

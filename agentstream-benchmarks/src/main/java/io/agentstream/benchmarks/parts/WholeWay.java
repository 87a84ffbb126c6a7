package io.agentstream.benchmarks.parts;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A token from the bytes of its server-sent event to the socket of one viewer, with its share of a
 * conversation's start and end.
 */
@State(Scope.Thread)
public class WholeWay {

  private static final int TOKENS = 1_000;

  private TokenPath path = new TokenPath(OpenSocket.many(1));

  /** Conversations that have ended are kept for a while: not for longer than an iteration here. */
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

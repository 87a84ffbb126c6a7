package io.agentstream.benchmarks.parts;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures {@link WholeWay} with more viewers. The cost of a further viewer is the difference,
 * divided by their number.
 */
@State(Scope.Thread)
public class FanOut {

  private static final int TOKENS = 1_000;

  @Param({"1", "10", "100"})
  public int viewers = 1;

  private TokenPath path = new TokenPath(OpenSocket.many(1));

  @Setup(Level.Iteration)
  public void renew() {
    path.close();
    path = new TokenPath(OpenSocket.many(viewers));
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

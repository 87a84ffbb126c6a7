package io.agentstream.benchmarks.parts;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Measures a viewer that connects, joins a conversation with 4,000 tokens, and leaves. */
@State(Scope.Thread)
public class Join {

  private final TokenPath path = new TokenPath(OpenSocket.many(1));
  private final OpenSocket socket = new OpenSocket();

  public Join() {
    path.start();
    for (int i = 0; i < 4_000; i++) {
      path.token();
    }
  }

  @Benchmark
  public long viewer() {
    path.join(socket).closed();
    return socket.frames();
  }

  @TearDown
  public void close() {
    path.close();
  }
}

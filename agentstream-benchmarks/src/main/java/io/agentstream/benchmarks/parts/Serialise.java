package io.agentstream.benchmarks.parts;

import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.wire.internal.EventJson;
import io.agentstream.wire.internal.FrameEncoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Measures encoding of events: as frames for viewers, and as data for journals outside the process.
 */
@State(Scope.Thread)
public class Serialise {

  private static final long MILLIS = 1_700_000_000_000L;

  private final String conversationId = "0123456789abcdefghijkl";
  private final StreamingToken token = new StreamingToken("m17", 4_711, " word");
  private final StreamingComplete complete =
      new StreamingComplete(
          "m17", "Ann", 1, " word".repeat(200), 1_000, TurnFinishReason.STOP, null);

  @Benchmark
  public String tokenFrame() {
    return FrameEncoder.event(conversationId, 4_711, MILLIS, token);
  }

  @Benchmark
  public String completeFrame() {
    return FrameEncoder.event(conversationId, 4_711, MILLIS, complete);
  }

  @Benchmark
  public String tokenData() {
    return EventJson.write(token);
  }
}

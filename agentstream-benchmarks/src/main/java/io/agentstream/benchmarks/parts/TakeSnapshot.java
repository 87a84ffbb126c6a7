package io.agentstream.benchmarks.parts;

import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.JournalReader;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.Snapshot;
import io.agentstream.wire.internal.FrameEncoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Measures a snapshot of a conversation with 20 messages of 200 tokens: created, and created and
 * encoded.
 */
@State(Scope.Thread)
public class TakeSnapshot {

  private static final long MILLIS = 1_700_000_000_000L;

  private final JournalReader reader = reader();

  private static JournalReader reader() {
    InMemoryJournal journal = new InMemoryJournal(Limits.defaults(), ChatClock.system());
    Talk talk = new Talk(journal.open("c", 1));
    for (int i = 1; i <= 20; i++) {
      talk.message("m" + i, i, 200);
    }
    return journal.read("c").toCompletableFuture().join().orElseThrow();
  }

  @Benchmark
  public Snapshot taken() {
    return reader.snapshot();
  }

  @Benchmark
  public String written() {
    return FrameEncoder.control(reader.snapshot(), MILLIS, null);
  }
}

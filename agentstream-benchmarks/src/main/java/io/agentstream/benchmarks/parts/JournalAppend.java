package io.agentstream.benchmarks.parts;

import io.agentstream.journal.InMemoryJournal;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Measures the append of a token to the journal, including the creation of its event and a share of
 * the conversation's start and end.
 */
@State(Scope.Thread)
public class JournalAppend {

  private static final int TOKENS = 1_000;

  private final InMemoryJournal journal =
      new InMemoryJournal(Limits.defaults(), ChatClock.system());

  @Benchmark
  @OperationsPerInvocation(TOKENS)
  public void token() {
    new Talk(journal.open("c", 1)).message("m1", 1, TOKENS);
    journal.remove("c");
  }
}

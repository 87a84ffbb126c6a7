package io.agentstream.test.internal;

import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.JournalWriter;
import io.agentstream.wire.Snapshot;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A journal in another one's place; a test overrides what is to differ. */
public class DelegatingJournal implements Journal {

  private final Journal journal;

  /** Creates a journal that does what {@code journal} does. */
  public DelegatingJournal(Journal journal) {
    this.journal = journal;
  }

  @Override
  public JournalWriter open(String conversationId, long epoch) {
    return journal.open(conversationId, epoch);
  }

  @Override
  public CompletionStage<Optional<JournalReader>> read(String conversationId) {
    return journal.read(conversationId);
  }

  @Override
  public CompletionStage<Map<String, Snapshot.State>> states(Collection<String> conversationIds) {
    return journal.states(conversationIds);
  }

  @Override
  public void remove(String conversationId) {
    journal.remove(conversationId);
  }
}

package io.agentstream.hub;

import io.agentstream.event.ChatEvent;
import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.JournalWriter;
import io.agentstream.journal.SavedConversation;
import io.agentstream.wire.Snapshot;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Keeps what other nodes need. */
final class KeepingJournal implements Journal {
  private final Journal journal;
  final Map<String, SavedConversation> kept = new HashMap<>();

  KeepingJournal(Journal journal) {
    this.journal = journal;
  }

  @Override
  public JournalWriter open(String conversationId, long epoch) {
    JournalWriter writer = journal.open(conversationId, epoch);
    return new JournalWriter() {
      @Override
      public void append(ChatEvent event) {
        writer.append(event);
      }

      @Override
      public void appendAll(List<ChatEvent> events) {
        writer.appendAll(events);
      }

      @Override
      public void keep(SavedConversation saved) {
        kept.put(conversationId, saved);
      }
    };
  }

  @Override
  public CompletionStage<Optional<JournalReader>> read(String conversationId) {
    return journal.read(conversationId);
  }

  @Override
  public CompletionStage<Map<String, Snapshot.State>> states(Collection<String> ids) {
    return journal.states(ids);
  }

  @Override
  public void remove(String conversationId) {
    journal.remove(conversationId);
  }
}

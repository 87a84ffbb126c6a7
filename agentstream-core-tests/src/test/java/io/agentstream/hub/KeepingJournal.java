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

/** A journal whose writers keep what other nodes need, or say that they keep nothing. */
final class KeepingJournal implements Journal {
  private final Journal journal;
  private final boolean keeps;
  final Map<String, SavedConversation> kept = new HashMap<>();

  KeepingJournal(Journal journal, boolean keeps) {
    this.journal = journal;
    this.keeps = keeps;
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
      public boolean keeps() {
        return keeps;
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

package io.agentstream.test.internal;

import io.agentstream.backplane.Handover;
import io.agentstream.event.ChatEvent;
import io.agentstream.identity.User;
import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.JournalWriter;
import io.agentstream.journal.SavedConversation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A journal whose writers keep what other nodes need, or say that they keep nothing. For one
 * thread.
 */
public final class KeepingJournal extends DelegatingJournal {

  private static final long SECOND_EPOCH = 2;

  private final boolean keeps;
  private final Map<String, SavedConversation> kept = new HashMap<>();

  /** Creates a journal whose writers keep what other nodes need. */
  public KeepingJournal(Journal journal) {
    this(journal, true);
  }

  /**
   * Creates a journal.
   *
   * @param keeps the answer of its writers to {@link JournalWriter#keeps}
   */
  public KeepingJournal(Journal journal, boolean keeps) {
    super(journal);
    this.keeps = keeps;
  }

  /** Returns what was kept last of each conversation, by its id. */
  public Map<String, SavedConversation> kept() {
    return Map.copyOf(kept);
  }

  /** Returns a reader of a conversation that the journal has. */
  public JournalReader reader(String conversationId) {
    return read(conversationId).toCompletableFuture().join().orElseThrow();
  }

  /**
   * Returns a conversation that its first node has left behind, for the second one.
   *
   * @param owner the user who started it; null if unknown
   */
  public Handover left(String conversationId, @Nullable User owner) {
    return new Handover(
        conversationId, SECOND_EPOCH, owner, reader(conversationId), kept.get(conversationId));
  }

  @Override
  public JournalWriter open(String conversationId, long epoch) {
    JournalWriter writer = super.open(conversationId, epoch);
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
  public void remove(String conversationId) {
    super.remove(conversationId);
    kept.remove(conversationId);
  }
}

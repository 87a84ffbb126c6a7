package io.agentstream.store;

import io.agentstream.event.ChatEvent;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamedText;
import io.agentstream.event.ToolCall;
import io.agentstream.journal.JournalWriter;
import io.agentstream.journal.SavedConversation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Appends to another journal, and has each turn written to the store. */
final class KeptWriter implements JournalWriter {

  private final JournalWriter journal;
  private final StoredCopy copy;
  private final StoreWriter store;
  private final CompletionStage<?> entered;

  // Written by the thread that appends, read by the one that keeps.
  private volatile boolean turned;

  KeptWriter(JournalWriter journal, StoredCopy copy, StoreWriter store) {
    this(journal, copy, store, CompletableFuture.completedStage(null));
  }

  /**
   * @param entered done when the store knows the conversation in this epoch; nothing is written
   *     before, or at all if it fails
   */
  KeptWriter(
      JournalWriter journal, StoredCopy copy, StoreWriter store, CompletionStage<?> entered) {
    this.journal = journal;
    this.copy = copy;
    this.store = store;
    this.entered = entered;
  }

  @Override
  public void append(ChatEvent event) {
    journal.append(event);
    if (isTurn(event)) {
      turn();
    }
  }

  @Override
  public void appendAll(List<ChatEvent> events) {
    journal.appendAll(events);
    turn();
  }

  /** Waits for the state that belongs to the events, if one ever comes. */
  private void turn() {
    if (copy.hasSaved()) {
      turned = true;
    } else {
      mark();
    }
  }

  private void mark() {
    CompletionStage<Void> unused = entered.thenRun(() -> store.mark(copy));
  }

  @Override
  public void keep(SavedConversation saved) {
    journal.keep(saved);
    copy.keep(saved);
    if (turned) {
      turned = false;
      mark();
    }
  }

  @Override
  public CompletionStage<Void> keepSafely(SavedConversation saved) {
    return journal.keepSafely(saved).thenCombine(commit(saved), (shared, stored) -> null);
  }

  @Override
  public CompletionStage<Void> record(SavedConversation saved) {
    return journal.record(saved).thenCombine(commit(saved), (shared, stored) -> null);
  }

  private CompletionStage<Void> commit(SavedConversation saved) {
    copy.keep(saved);
    turned = false;
    return entered.thenCompose(done -> store.commit(copy));
  }

  private static boolean isTurn(ChatEvent event) {
    // A tool call is written before the tool is called.
    return !(event instanceof StreamedText
        || event instanceof ToolCall
        || event instanceof SpeakerChange);
  }
}

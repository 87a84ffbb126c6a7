package io.agentstream.journal;

import io.agentstream.event.ChatEvent;
import io.agentstream.event.StreamedText;
import io.agentstream.event.StreamingComplete;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The older entries of a journal, which viewers that keep up have already received. They are kept
 * for viewers that reconnect, so tokens are packed. Grows as needed. Not thread-safe.
 */
final class OlderEntries {

  private static final int INITIAL_SLOTS = 16;

  private @Nullable Kept[] slots = new @Nullable Kept[INITIAL_SLOTS];
  private long head = -1;
  private long tail;

  // By message, because the tokens of concurrent speakers alternate.
  private final Map<String, TokenRun> growing = new HashMap<>();

  void add(JournalEntry entry) {
    if (isEmpty()) {
      tail = entry.seq();
      head = tail - 1;
    }
    if (head - tail + 1 == slots.length) {
      grow();
    }
    head = entry.seq();
    slots[slot(head)] = kept(entry);
  }

  private Kept kept(JournalEntry entry) {
    ChatEvent event = entry.event();
    if (event instanceof StreamedText token) {
      return run(entry, token);
    }
    if (event instanceof StreamingComplete complete) {
      close(growing.remove(complete.messageId()));
    }
    return new Kept.Single(entry);
  }

  private TokenRun run(JournalEntry entry, StreamedText token) {
    TokenRun run = growing.get(token.messageId());
    if (run == null || !run.add(entry, token)) {
      close(run);
      run = new TokenRun(entry, token);
      growing.put(token.messageId(), run);
    }
    return run;
  }

  private static void close(@Nullable TokenRun run) {
    if (run != null) {
      run.trim();
    }
  }

  boolean isEmpty() {
    return tail > head;
  }

  @Nullable JournalEntry get(long seq) {
    Kept kept = seq < tail || seq > head ? null : slots[slot(seq)];
    return kept == null ? null : kept.entry(seq);
  }

  /** Returns the time of the oldest entry, in milliseconds since 1970; there must be one. */
  long oldestMillis() {
    return oldest().millis(tail);
  }

  /** Removes the oldest entry, which must exist, and returns the length of its text. */
  int dropOldest() {
    int chars = oldest().chars(tail);
    slots[slot(tail)] = null;
    tail++;
    return chars;
  }

  private Kept oldest() {
    Kept oldest = slots[slot(tail)];
    if (oldest == null || isEmpty()) {
      throw new IllegalStateException("There is no older entry");
    }
    return oldest;
  }

  private int slot(long seq) {
    return (int) (seq & (slots.length - 1));
  }

  private void grow() {
    @Nullable Kept[] old = slots;
    slots = new @Nullable Kept[old.length * 2];
    for (long seq = tail; seq <= head; seq++) {
      slots[slot(seq)] = old[(int) (seq & (old.length - 1))];
    }
  }
}

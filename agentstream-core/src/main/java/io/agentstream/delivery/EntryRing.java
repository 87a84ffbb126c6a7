package io.agentstream.delivery;

import io.agentstream.event.ChatEvent;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamedText;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries of a journal, bounded by their number, by their text and by their age. Grows
 * as needed; not safe for use by several threads.
 */
final class EntryRing {

  private static final int INITIAL_SLOTS = 32;

  /** So many of the newest entries keep their frames: viewers further behind get merged ones. */
  private static final long SHARED_FRAMES = 16;

  private final int maxEntries;
  private final long maxChars;
  private final long maxAgeMillis;
  private @Nullable JournalEntry[] slots = new @Nullable JournalEntry[INITIAL_SLOTS];
  private long head;
  private long tail;
  private long chars;

  /**
   * @param head the sequence number before the first entry's
   */
  EntryRing(long head, int maxEntries, long maxChars, long maxAgeMillis) {
    this.head = head;
    this.tail = head + 1;
    this.maxEntries = maxEntries;
    this.maxChars = maxChars;
    this.maxAgeMillis = maxAgeMillis;
  }

  long head() {
    return head;
  }

  long tail() {
    return tail;
  }

  void add(JournalEntry entry) {
    if (size() == slots.length) {
      grow();
    }
    head = entry.seq();
    slots[slot(head)] = entry;
    JournalEntry fading = get(head - SHARED_FRAMES);
    if (fading != null) {
      fading.forgetFrame();
    }
    chars += chars(entry.event());
    while (size() > maxEntries || (size() > 1 && (chars > maxChars || isTooOld(entry)))) {
      dropOldest();
    }
  }

  private boolean isTooOld(JournalEntry newest) {
    JournalEntry oldest = slots[slot(tail)];
    return oldest != null && newest.millis() - oldest.millis() > maxAgeMillis;
  }

  @Nullable JournalEntry get(long seq) {
    return seq < tail || seq > head ? null : slots[slot(seq)];
  }

  private int size() {
    return (int) (head - tail + 1);
  }

  private int slot(long seq) {
    return (int) (seq & (slots.length - 1));
  }

  private void grow() {
    @Nullable JournalEntry[] old = slots;
    slots = new @Nullable JournalEntry[old.length * 2];
    for (long seq = tail; seq <= head; seq++) {
      slots[slot(seq)] = old[(int) (seq & (old.length - 1))];
    }
  }

  private void dropOldest() {
    JournalEntry oldest = slots[slot(tail)];
    if (oldest != null) {
      chars -= chars(oldest.event());
    }
    slots[slot(tail)] = null;
    tail++;
  }

  private static int chars(ChatEvent event) {
    if (event instanceof StreamedText token) {
      return token.token().length();
    }
    if (event instanceof StreamingComplete complete) {
      return complete.length();
    }
    if (event instanceof ToolCall call) {
      return call.arguments().length();
    }
    if (event instanceof ToolResult result) {
      return result.result().length();
    }
    return event instanceof NewMessage message ? message.content().length() : 0;
  }
}

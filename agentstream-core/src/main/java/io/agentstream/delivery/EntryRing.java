package io.agentstream.delivery;

import io.agentstream.event.ChatEvent;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamedText;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.ToolResult;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries of a journal, bounded by their number and by their text. Grows as needed; not
 * safe for use by several threads.
 */
final class EntryRing {

  private static final int INITIAL_SLOTS = 32;

  private final int maxEntries;
  private final long maxChars;
  private @Nullable JournalEntry[] slots = new @Nullable JournalEntry[INITIAL_SLOTS];
  private long head;
  private long tail;
  private long chars;

  /**
   * @param head the sequence number before the first entry's
   */
  EntryRing(long head, int maxEntries, long maxChars) {
    this.head = head;
    this.tail = head + 1;
    this.maxEntries = maxEntries;
    this.maxChars = maxChars;
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
    chars += chars(entry.event());
    while (size() > maxEntries || (chars > maxChars && size() > 1)) {
      dropOldest();
    }
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
    if (event instanceof ToolResult result) {
      return result.result().length();
    }
    return event instanceof NewMessage message ? message.content().length() : 0;
  }
}

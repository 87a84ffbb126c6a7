package io.agentstream.journal;

import io.agentstream.journal.internal.EventText;
import org.jspecify.annotations.Nullable;

/**
 * The newest entries of a journal, bounded by their number, by their text and by their age. Grows
 * as needed. Not thread-safe.
 */
final class EntryRing {

  /**
   * How many of the newest entries keep their encoded text; viewers further behind get merged
   * frames.
   */
  private static final int SHARED_TEXTS = 16;

  /**
   * The newest 32 entries are kept as objects. The number is small so that they die in the young
   * generation; long-lived entries made GC pauses longer (ADR 9).
   */
  private static final int NEWEST = 32;

  private final int maxEntries;
  private final long maxChars;
  private final long maxAgeMillis;
  private final @Nullable JournalEntry[] newest = new @Nullable JournalEntry[NEWEST];
  private final OlderEntries older = new OlderEntries();
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
    int slot = slot(entry.seq());
    JournalEntry displaced = newest[slot];
    if (displaced != null) {
      older.add(displaced);
    }
    newest[slot] = entry;
    head = entry.seq();
    JournalEntry fading = newest[slot(head - SHARED_TEXTS)];
    if (fading != null) {
      fading.forgetText();
    }
    chars += EventText.chars(entry.event());
    while (size() > maxEntries || (size() > 1 && (chars > maxChars || isTooOld(entry)))) {
      dropOldest();
    }
  }

  private boolean isTooOld(JournalEntry latest) {
    return latest.millis() - oldestMillis() > maxAgeMillis;
  }

  private long oldestMillis() {
    return older.isEmpty() ? newestAt(tail).millis() : older.oldestMillis();
  }

  @Nullable JournalEntry get(long seq) {
    if (seq < tail || seq > head) {
      return null;
    }
    return seq > head - NEWEST ? newest[slot(seq)] : older.get(seq);
  }

  private long size() {
    return head - tail + 1;
  }

  private static int slot(long seq) {
    return (int) (seq & (NEWEST - 1));
  }

  private void dropOldest() {
    if (older.isEmpty()) {
      chars -= EventText.chars(newestAt(tail).event());
      newest[slot(tail)] = null;
    } else {
      chars -= older.dropOldest();
    }
    tail++;
  }

  private JournalEntry newestAt(long seq) {
    JournalEntry entry = newest[slot(seq)];
    if (entry == null) {
      throw new IllegalStateException("There is no entry " + seq);
    }
    return entry;
  }
}

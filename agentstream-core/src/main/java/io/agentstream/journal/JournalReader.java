package io.agentstream.journal;

import io.agentstream.wire.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Reads the newest epoch of one conversation: when another epoch is opened, sequence numbers
 * restart. Thread-safe; no method blocks.
 */
public interface JournalReader {

  /** Returns the current epoch; it never decreases. */
  long epoch();

  /** Returns the sequence number of the newest event; 0 if there is none. */
  long head();

  /**
   * Returns the sequence number of the oldest event that is still kept; {@code head()+1} if there
   * is none.
   */
  long tail();

  /** Returns the event with this sequence number; null if it is no longer kept or not there yet. */
  @Nullable JournalEntry entry(long seq);

  /** Returns a snapshot of the conversation. */
  Snapshot snapshot();

  /**
   * Calls {@code onAppend} after each append from now on. It must not block, because it is called
   * on the streaming thread. If it throws, the event is in the journal all the same, and the other
   * watchers are called.
   */
  Watch watch(Runnable onAppend);

  /** A registration that lasts until it is closed. */
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}

package io.agentstream.journal;

import io.agentstream.wire.ControlFrame.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * Reads one conversation, always its newest incarnation: when another is opened, sequence numbers
 * begin anew. Safe from any thread; no method blocks.
 */
public interface JournalReader {

  /** The incarnation that is read now; never goes back. */
  long epoch();

  /** The sequence number of the newest event; 0 while there is none. */
  long head();

  /** The sequence number of the oldest event that is still kept; {@code head()+1} if none is. */
  long tail();

  /** The event with this sequence number; null if it is not kept any more, or not there yet. */
  @Nullable JournalEntry entry(long seq);

  /** The conversation as it stands now. */
  Snapshot snapshot();

  /**
   * Calls {@code onAppend} after events are appended, from now on. It must not block: it is called
   * on the thread that streams.
   */
  Watch watch(Runnable onAppend);

  /** Something that watches until it is closed. */
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }
}

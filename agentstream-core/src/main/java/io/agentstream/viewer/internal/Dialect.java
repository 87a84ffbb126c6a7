package io.agentstream.viewer.internal;

import io.agentstream.journal.JournalEntry;
import io.agentstream.wire.ControlFrame.Snapshot;

/** How the events of one conversation are written for one viewer. Used by one thread at a time. */
interface Dialect {

  /** A single event. */
  String event(JournalEntry entry);

  /** Tokens of one message that follow each other, as one frame. */
  String tokens(JournalEntry first, JournalEntry last, String text);

  /** Whether it has to know the text so far, and so needs each snapshot itself. */
  default boolean followsText() {
    return false;
  }

  /** What the viewer knows from now on; called where it {@link #followsText}. */
  default void begin(Snapshot snapshot) {}

  /** The viewer's position was set by a snapshot. */
  default void onSnapshot() {}
}

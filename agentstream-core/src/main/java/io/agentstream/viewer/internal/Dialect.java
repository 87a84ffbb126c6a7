package io.agentstream.viewer.internal;

import io.agentstream.journal.JournalEntry;
import io.agentstream.wire.ControlFrame.Snapshot;

/** How the events of one conversation are written for one viewer. Used by one thread at a time. */
interface Dialect {

  /** A single event. */
  String event(JournalEntry entry);

  /** Tokens of one message that follow each other, as one frame. */
  String tokens(JournalEntry first, JournalEntry last, String text);

  /** Returns true if it must know the text so far and therefore needs each snapshot. */
  default boolean followsText() {
    return false;
  }

  /** Sets the viewer's state to this snapshot; called if it {@link #followsText}. */
  default void begin(Snapshot snapshot) {}

  /** The viewer's position was set by a snapshot. */
  default void onSnapshot() {}
}

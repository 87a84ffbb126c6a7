package io.agentstream.viewer.internal;

import io.agentstream.journal.JournalEntry;
import io.agentstream.wire.ControlFrame.Snapshot;

/** Encodes the events of one conversation for one viewer. Used by one thread at a time. */
interface Dialect {

  /** A single event. */
  String event(JournalEntry entry);

  /** Encodes consecutive tokens of one message as one frame. */
  String tokens(JournalEntry first, JournalEntry last, String text);

  /** Returns true if it must know the text so far and therefore needs each snapshot. */
  default boolean followsText() {
    return false;
  }

  /** Sets the viewer's state to this snapshot; called if it {@link #followsText}. */
  default void begin(Snapshot snapshot) {}

  /** Reports that a snapshot has set the viewer's position. */
  default void onSnapshot() {}
}

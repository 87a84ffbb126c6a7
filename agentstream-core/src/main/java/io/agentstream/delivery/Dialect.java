package io.agentstream.delivery;

import io.agentstream.wire.ControlFrame.Snapshot;

/** How the events of one conversation are written for one viewer. Used by one thread at a time. */
interface Dialect {

  /** A single event. */
  String event(JournalEntry entry);

  /** Tokens of one message that follow each other, as one frame. */
  String tokens(JournalEntry first, JournalEntry last, String text);

  /** Where the viewer's position was set by a snapshot. */
  default void onSnapshot(Snapshot snapshot) {}
}

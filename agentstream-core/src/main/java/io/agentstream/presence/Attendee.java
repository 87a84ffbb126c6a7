package io.agentstream.presence;

import io.agentstream.event.Author;
import io.agentstream.wire.ControlFrame;

/** A viewer who takes part: others see it, and it sees the others. Thread-safe. */
public interface Attendee {

  /** Returns the viewer as others see them. */
  Author author();

  /** Returns false once the viewer takes part no longer. */
  boolean isHere();

  /** Shows who is here now, in place of what was shown before; must not block. */
  void show(ControlFrame.Presence presence);
}

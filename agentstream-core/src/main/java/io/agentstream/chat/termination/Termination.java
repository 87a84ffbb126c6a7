package io.agentstream.chat.termination;

import io.agentstream.event.EndReason;

/**
 * The reason why a run ends.
 *
 * @param reason the reason on the wire
 * @param detail the condition that held, for people
 */
public record Termination(EndReason reason, String detail) {

  /** Returns the end by a user's condition. */
  public static Termination terminated(String detail) {
    return new Termination(EndReason.TERMINATED, detail);
  }
}

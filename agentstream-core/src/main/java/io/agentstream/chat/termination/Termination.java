package io.agentstream.chat.termination;

import io.agentstream.event.EndReason;

/**
 * Why a run ends.
 *
 * @param reason the reason on the wire
 * @param detail which condition held, for people
 */
public record Termination(EndReason reason, String detail) {

  /** A condition of the user's held. */
  public static Termination terminated(String detail) {
    return new Termination(EndReason.TERMINATED, detail);
  }
}

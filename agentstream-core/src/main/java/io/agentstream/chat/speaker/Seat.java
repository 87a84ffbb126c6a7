package io.agentstream.chat.speaker;

/**
 * A place in the order of speaking. It remains when its participant leaves.
 *
 * @param participant who has it, or had it last
 * @param status whether the participant may speak
 * @param added true if it was added while the conversation ran
 */
public record Seat(Participant participant, Status status, boolean added) {

  /** Whether a participant may speak. */
  public enum Status {
    /** It may speak. */
    ACTIVE,
    /** It stays silent until a person unmutes it. */
    MUTED,
    /** It has left. */
    LEFT
  }

  /** Returns true if the participant may speak. */
  public boolean isActive() {
    return status == Status.ACTIVE;
  }
}

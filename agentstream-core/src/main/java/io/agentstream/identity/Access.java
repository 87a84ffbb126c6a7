package io.agentstream.identity;

/** A user's rights in a conversation; each right includes the previous one. */
public enum Access {
  /** No rights: for this user the conversation does not exist. */
  NONE,
  /** The user may join and leave it. */
  VIEW,
  /** The user may also send messages, stop, pause and answer. */
  STEER;

  /** Returns true if this right includes {@code needed}. */
  public boolean includes(Access needed) {
    return compareTo(needed) >= 0;
  }
}

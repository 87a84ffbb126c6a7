package io.agentstream.identity;

/** What a user may do with a conversation; each right includes the one before it. */
public enum Access {
  /** Nothing: for this user it does not exist. */
  NONE,
  /** Join it and leave it. */
  VIEW,
  /** Say something, stop, pause, answer. */
  STEER;

  /** Whether this is {@code needed} or more. */
  public boolean includes(Access needed) {
    return compareTo(needed) >= 0;
  }
}

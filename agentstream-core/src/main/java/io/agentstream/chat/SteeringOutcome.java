package io.agentstream.chat;

/** What became of something that was asked of a conversation. */
public enum SteeringOutcome {
  /** It will be done. */
  ACCEPTED,
  /** The state does not allow it, or does not any more. */
  CONFLICT,
  /** What it names is not there. */
  NOT_FOUND,
  /** A value is not one of those allowed. */
  INVALID
}

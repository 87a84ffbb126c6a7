package io.agentstream.chat;

/** The outcome of a command to a conversation. */
public enum SteeringOutcome {
  /** The command will be carried out. */
  ACCEPTED,
  /** The conversation's state does not allow it, or no longer. */
  CONFLICT,
  /** The conversation, message or question does not exist. */
  NOT_FOUND,
  /** A value is not allowed. */
  INVALID,
  /** A text is too long, or there are too many messages or running conversations. */
  LIMIT_EXCEEDED,
  /** Too many runs have begun recently. */
  RATE_LIMITED,
  /** The quota of tokens or model calls is used up for now. */
  BUDGET_EXCEEDED,
  /** The server is overloaded, or a {@link Hold} pauses it; it may be possible later. */
  UNAVAILABLE
}

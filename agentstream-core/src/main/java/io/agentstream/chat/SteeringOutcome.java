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
  INVALID,
  /** A text is too long, or there would be too many: of messages, or of conversations that run. */
  LIMIT_EXCEEDED,
  /** Too many runs were begun of late. */
  RATE_LIMITED,
  /** The tokens or the calls to models that may be used are used up for now. */
  BUDGET_EXCEEDED,
  /** The server has too much to do; later it may be possible. */
  UNAVAILABLE
}

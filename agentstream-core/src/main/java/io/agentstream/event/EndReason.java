package io.agentstream.event;

/** Why a run of a conversation is over. */
public enum EndReason {
  /** The agents came to an end by themselves. */
  COMPLETED,
  /** The highest number of rounds was reached. */
  MAX_ROUNDS,
  /** A termination condition held. */
  TERMINATED,
  /** A person or the program stopped it. */
  STOPPED,
  /** The time for the conversation was up. */
  TIMEOUT,
  /** The token or cost budget was used up. */
  BUDGET,
  /** It could not go on; a {@link ChatError} before it says why. */
  FAILED,
  /** Nobody viewed it any more. */
  ABANDONED
}

package io.agentstream.event;

/** The reason for the end of a run. */
public enum EndReason {
  /** The agents finished by themselves. */
  COMPLETED,
  /** The highest number of rounds was reached. */
  MAX_ROUNDS,
  /** A termination condition held. */
  TERMINATED,
  /** A person or the program stopped it. */
  STOPPED,
  /** The conversation's time limit was reached. */
  TIMEOUT,
  /** A budget or quota was used up. */
  BUDGET,
  /** The run could not continue; an earlier {@link ChatError} gives the reason. */
  FAILED,
  /** Nobody viewed the conversation any longer. */
  ABANDONED
}

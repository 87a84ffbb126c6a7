package io.agentstream.chat;

import io.agentstream.event.Usage;

/**
 * Limits a conversation's use of shared resources, for example of a day's tokens. Called in the
 * conversation's serial order, on the streaming thread: it must neither block nor take long.
 */
public interface Allowance {

  /** Allows everything. */
  Allowance UNLIMITED = new Allowance() {};

  /**
   * Decides whether another run may begin after the first one.
   *
   * @return {@code ACCEPTED}, or the reason for a refusal
   */
  default SteeringOutcome beginRun() {
    return SteeringOutcome.ACCEPTED;
  }

  /**
   * Decides whether a model may be called. If not, the run ends with {@code budget}. Each call that
   * may begin is followed by one {@link #used}.
   *
   * @param promptChars the length of the request's text, in UTF-16 code units
   * @return true if the call may begin; it then counts
   */
  default boolean beginCall(long promptChars) {
    return true;
  }

  /**
   * Reports the end of a call.
   *
   * @param usage its usage, counted by the model server or estimated
   */
  default void used(Usage usage) {}
}

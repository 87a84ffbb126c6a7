package io.agentstream.chat;

import io.agentstream.event.Usage;

/**
 * Says what a conversation may still use of what it shares with others, for example of a day's
 * tokens. Called in the conversation's serial order, on the thread that streams: it must neither
 * block nor take long.
 */
public interface Allowance {

  /** Allows everything. */
  Allowance UNLIMITED = new Allowance() {};

  /**
   * Returns whether another run may begin after the first one.
   *
   * @return {@code ACCEPTED}, or why it may not
   */
  default SteeringOutcome beginRun() {
    return SteeringOutcome.ACCEPTED;
  }

  /**
   * Returns whether a model may be called. If not, the run ends with {@code budget}. After each
   * call that may begin comes one {@link #used}.
   *
   * @param promptChars the length of the text that the model is sent, in UTF-16 code units
   * @return true if the call may begin; it then counts
   */
  default boolean beginCall(long promptChars) {
    return true;
  }

  /**
   * Ends a call.
   *
   * @param usage what it has used, as its server counted it or as it was estimated
   */
  default void used(Usage usage) {}
}

package io.agentstream.chat;

/**
 * The fate of a tool call that had begun when its process ended, and whose result nobody knows.
 * {@link Agent.Builder#interruptedCalls} chooses one for each call.
 */
public enum InterruptedCallPolicy {
  /**
   * Calls the tool again with the same {@link Agent#IDEMPOTENCY_KEY}. For tools that only read, and
   * for tools that recognize the key.
   */
  CALL_AGAIN,
  /** Answers the call as failed; the model decides what to do. */
  FAIL,
  /**
   * Asks a person whether the call happened, did not happen, or is to be made again. Answers the
   * call as failed if nobody answers in time.
   */
  ASK
}

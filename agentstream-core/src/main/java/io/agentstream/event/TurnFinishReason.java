package io.agentstream.event;

/**
 * Why an answer is over: {@code finish_reason} on the wire. Not langchain4j's {@code FinishReason},
 * which knows only what a model server reports.
 */
public enum TurnFinishReason {
  /** The model had said everything. */
  STOP,
  /** The model reached its limit of tokens. */
  LENGTH,
  /** The provider withheld the rest. */
  CONTENT_FILTER,
  /** The model asked for tools and nothing more. */
  TOOL_CALLS,
  /** A person or the program stopped the speaker. */
  STOPPED,
  /** A person spoke in between. */
  INTERRUPTED,
  /** The stream ended cleanly, but the model server never said that the answer was complete. */
  TRUNCATED,
  /** The call failed; a {@link ChatError} with the same message id says why. */
  ERROR
}

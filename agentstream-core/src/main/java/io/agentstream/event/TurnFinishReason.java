package io.agentstream.event;

/**
 * The reason for the end of a message: {@code finish_reason} on the wire. langchain4j's {@code
 * FinishReason} has only the reasons that a model server reports.
 */
public enum TurnFinishReason {
  /** The model finished. */
  STOP,
  /** The model reached its limit of tokens. */
  LENGTH,
  /** A content filter cut the message. */
  CONTENT_FILTER,
  /** The turn ended with tool calls: a handoff, or the limit of tool rounds was reached. */
  TOOL_CALLS,
  /** A person or the program stopped the speaker. */
  STOPPED,
  /** A message with {@code interrupt} cut the message. */
  INTERRUPTED,
  /** The stream ended cleanly, but the model server never said that the answer was complete. */
  TRUNCATED,
  /** The call failed; a {@link ChatError} with the same message id gives the reason. */
  ERROR
}

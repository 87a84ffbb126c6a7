package io.agentstream.event;

/**
 * The known reason why a model gave no answer. It is more specific than an {@link ErrorCode}.
 * {@code docs/protocol.md} says when each is used. The list may grow.
 */
public enum ErrorCause {
  /** The conversation is longer than the model's context. */
  CONTEXT_TOO_LONG,
  /** The account has no credit left. */
  QUOTA,
  /** Too many requests, for now. */
  RATE_LIMIT,
  /** The server has no capacity, for now. */
  OVERLOADED,
  /** The API key is missing, invalid, or lacks the permission. */
  KEY_REFUSED,
  /** The server has no model of that name, or nothing under that path. */
  UNKNOWN_MODEL,
  /** A parameter of the request is not supported. */
  UNSUPPORTED_PARAMETER,
  /** The server considers the request malformed. */
  BAD_REQUEST,
  /** A content filter stopped the request or the answer. */
  CONTENT_POLICY,
  /** The model's tool call could not be parsed by its own server. */
  TOOL_USE_FAILED,
  /** No connection to the server. */
  UNREACHABLE,
  /** The answer is not from a model server; it is a web page, for example. */
  NOT_A_MODEL_SERVER,
  /** The response contained no answer. */
  EMPTY_ANSWER,
  /** The stream ended early or could not be parsed. */
  BROKEN_STREAM,
  /** The server reported a failure of its own. */
  SERVER_ERROR,
  /** No token arrived within the time limit. */
  SILENT,
  /** The whole answer took longer than allowed. */
  TOO_SLOW,
  /** The answer, its thinking or its tool calls exceeded a limit. */
  TOO_LONG
}

package io.agentstream.event;

/**
 * Why a model gave no answer, where that is known: finer than an {@link ErrorCode}. {@code
 * docs/protocol.md} says when each is used. The list may grow.
 */
public enum ErrorCause {
  /** The conversation is longer than the model's context. */
  CONTEXT_TOO_LONG,
  /** The account has nothing left to spend. */
  QUOTA,
  /** Too many requests, for now. */
  RATE_LIMIT,
  /** The server has no capacity, for now. */
  OVERLOADED,
  /** The API key is missing, wrong, or may not do this. */
  KEY_REFUSED,
  /** The server has no model of that name, or nothing under that path. */
  UNKNOWN_MODEL,
  /** A parameter of the request is not supported. */
  UNSUPPORTED_PARAMETER,
  /** The server takes the request for a malformed one. */
  BAD_REQUEST,
  /** A content filter stopped the request or the answer. */
  CONTENT_POLICY,
  /** The model called a tool in a way that its own server could not read. */
  TOOL_USE_FAILED,
  /** No connection to the server. */
  UNREACHABLE,
  /** Something answered that is no model server, such as a web page. */
  NOT_A_MODEL_SERVER,
  /** A response without an answer in it. */
  EMPTY_ANSWER,
  /** The stream broke off, or could not be read. */
  BROKEN_STREAM,
  /** The server says that it failed. */
  SERVER_ERROR,
  /** No token came in the time for it. */
  SILENT,
  /** The whole answer took longer than it may. */
  TOO_SLOW,
  /** The answer, its thinking or its tool calls passed a limit. */
  TOO_LONG
}

package io.agentstream.wire;

/**
 * The reason for closing a connection: 4000 to 4499 mean "come back", 4500 to 4999 "do not". Codes
 * below 4000 have the meaning of RFC 6455.
 */
public enum CloseCode {
  /** The server shuts down. */
  GOING_AWAY(1001, "server is going down"),
  /** The server failed. */
  INTERNAL_ERROR(1011, "internal error"),
  /** The server accepts no connections for now, for example because it is about to shut down. */
  TRY_AGAIN_LATER(1013, "try again later"),
  /** The authentication has expired; a new one is needed. */
  AUTHENTICATION_EXPIRED(4001, "authentication expired"),
  /** A ping went unanswered. */
  NO_PONG(4002, "no pong"),
  /** The socket took no bytes for too long. */
  TOO_SLOW(4003, "too slow"),
  /** The client kept sending after many messages had been refused as too fast. */
  RATE_LIMITED(4004, "rate limited"),
  /** Too many anonymous connections; there may be room later. */
  TOO_MANY_CONNECTIONS(4005, "too many connections, come back later"),
  /** No token arrived in time, or it was invalid. */
  NOT_AUTHENTICATED(4500, "not authenticated"),
  /** Too many invalid messages arrived in a row. */
  PROTOCOL_VIOLATION(4501, "protocol violation"),
  /** The page's origin is not allowed. */
  ORIGIN_NOT_ALLOWED(4502, "origin not allowed"),
  /** The user already has the maximum number of connections. */
  CONNECTION_LIMIT(4503, "too many connections"),
  /** The offered subprotocol is not supported. */
  UNKNOWN_VERSION(4505, "unknown version");

  private final int code;
  private final String reason;

  CloseCode(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  /** Returns the number in the close frame. */
  public int code() {
    return code;
  }

  /** Returns the text in the close frame, for people. */
  public String reason() {
    return reason;
  }
}

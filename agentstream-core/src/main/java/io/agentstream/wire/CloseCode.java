package io.agentstream.wire;

/**
 * Why the server closes a connection: 4000 to 4499 mean "come back", 4500 to 4999 "do not". Below
 * 4000 the codes and their meaning are RFC 6455's.
 */
public enum CloseCode {
  /** The server goes down. */
  GOING_AWAY(1001, "server is going down"),
  /** The server failed. */
  INTERNAL_ERROR(1011, "internal error"),
  /** The server takes no connections for now, for example since it is about to go down. */
  TRY_AGAIN_LATER(1013, "try again later"),
  /** The authentication has expired; a new one is needed. */
  AUTHENTICATION_EXPIRED(4001, "authentication expired"),
  /** A ping went unanswered. */
  NO_PONG(4002, "no pong"),
  /** The socket took no bytes for too long. */
  TOO_SLOW(4003, "too slow"),
  /** Messages kept coming after many had been refused for coming too fast. */
  RATE_LIMITED(4004, "rate limited"),
  /** Too many connections that nobody known holds; there may be room later. */
  TOO_MANY_CONNECTIONS(4005, "too many connections, come back later"),
  /** No token came in time, or a bad one. */
  NOT_AUTHENTICATED(4500, "not authenticated"),
  /** Bad messages came in a row. */
  PROTOCOL_VIOLATION(4501, "protocol violation"),
  /** The page that connects is of an origin that is not allowed. */
  ORIGIN_NOT_ALLOWED(4502, "origin not allowed"),
  /** The user holds as many connections as one may. */
  CONNECTION_LIMIT(4503, "too many connections"),
  /** The subprotocol that was offered is not spoken here. */
  UNKNOWN_VERSION(4505, "unknown version");

  private final int code;
  private final String reason;

  CloseCode(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  /** The number in the close frame. */
  public int code() {
    return code;
  }

  /** The text in the close frame, for people. */
  public String reason() {
    return reason;
  }
}

package io.agentstream.test.conformance;

/** Thrown if the connection is closed and no more frames arrive. */
final class LineClosedException extends RuntimeException {

  /** The code for a connection that broke without a close frame. */
  static final int NO_CLOSE_FRAME = 1006;

  private static final long serialVersionUID = 1L;

  private final int code;

  LineClosedException(int code, String reason) {
    super("Closed with " + code + " " + reason);
    this.code = code;
  }

  int code() {
    return code;
  }
}

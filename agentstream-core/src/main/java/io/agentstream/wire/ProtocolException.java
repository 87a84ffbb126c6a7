package io.agentstream.wire;

import io.agentstream.event.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Thrown if the server refuses a viewer's message or command. */
public final class ProtocolException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final @Nullable String requestId;

  /**
   * @param message the problem and its remedy, for people; contains no secrets
   * @param requestId the id of the refused message, or null
   */
  public ProtocolException(ErrorCode code, String message, @Nullable String requestId) {
    super(message, null, false, false);
    this.code = code;
    this.requestId = requestId;
  }

  /** Returns the error code. */
  public ErrorCode code() {
    return code;
  }

  /** Returns the problem, for people. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** Returns the id of the refused message, or null. */
  public @Nullable String requestId() {
    return requestId;
  }
}

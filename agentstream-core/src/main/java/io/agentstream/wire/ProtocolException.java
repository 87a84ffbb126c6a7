package io.agentstream.wire;

import io.agentstream.event.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A message from a viewer, or what it asks, that the server refuses. */
public final class ProtocolException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final @Nullable String requestId;

  /**
   * @param message what is wrong and how to mend it, for people; nothing secret
   * @param requestId the id of the message that is refused; null where it has none
   */
  public ProtocolException(ErrorCode code, String message, @Nullable String requestId) {
    super(message, null, false, false);
    this.code = code;
    this.requestId = requestId;
  }

  /** What kind of refusal it is. */
  public ErrorCode code() {
    return code;
  }

  /** What is wrong, for people. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** The id of the message that is refused; null where it has none. */
  public @Nullable String requestId() {
    return requestId;
  }
}

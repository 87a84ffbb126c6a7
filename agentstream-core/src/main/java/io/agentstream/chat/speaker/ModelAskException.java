package io.agentstream.chat.speaker;

import io.agentstream.event.ErrorCode;

/** Thrown if a model that was called outside the agents' turns gave no answer. */
public final class ModelAskException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /**
   * @param message one sentence for viewers, without provider text
   */
  public ModelAskException(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** Returns the kind of failure. */
  public ErrorCode code() {
    return code;
  }
}

package io.agentstream.chat.speaker;

import io.agentstream.event.ErrorCode;

/** A model that was asked beside the agents' turns gave no answer. */
public final class ModelAskException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /**
   * @param message one sentence for viewers, without any text of the provider
   */
  public ModelAskException(ErrorCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** What kind of failure it is. */
  public ErrorCode code() {
    return code;
  }
}

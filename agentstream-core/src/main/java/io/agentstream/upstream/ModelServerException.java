package io.agentstream.upstream;

import io.agentstream.event.ErrorCause;

/**
 * Thrown if a model server's response contains no answer. The message contains no text of the
 * server.
 */
public final class ModelServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCause kind;
  private final boolean retryable;

  /**
   * @param kind the kind of failure
   * @param advice the problem and a remedy, for the log: no text of the server, no prompt
   * @param retryable true if the same call may succeed later
   */
  public ModelServerException(ErrorCause kind, String advice, boolean retryable) {
    super(advice, null, false, false);
    this.kind = kind;
    this.retryable = retryable;
  }

  /** Returns the kind of failure. */
  public ErrorCause kind() {
    return kind;
  }

  /** Returns true if the same call may succeed later. */
  public boolean isRetryable() {
    return retryable;
  }
}

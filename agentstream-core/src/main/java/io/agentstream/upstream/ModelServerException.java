package io.agentstream.upstream;

import io.agentstream.event.ErrorCause;

/**
 * A model server answered, but what it sent is no answer. The message is in our own words: nothing
 * of what the server wrote is in it.
 */
public final class ModelServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCause kind;
  private final boolean retryable;

  /**
   * @param kind what kind of failure it is
   * @param advice what came and what to check, for the log: no text of the server, no prompt
   * @param retryable whether the same call may succeed later
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

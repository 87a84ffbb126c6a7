package io.agentstream.viewer.internal;

/** A run may not begin although the command is in order. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Refusal refusal;

  /** Refuses for this reason. */
  public RefusedException(Refusal refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}

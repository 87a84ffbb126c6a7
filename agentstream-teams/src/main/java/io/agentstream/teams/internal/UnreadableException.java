package io.agentstream.teams.internal;

/** Leaves the reading of a value that is wrong; the report has the reason. */
final class UnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableException() {
    super("The report has the reason", null, false, false);
  }
}

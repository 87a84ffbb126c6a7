package io.agentstream.viewer.internal;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ErrorCode;

/** The reasons for refusing a run although the command is valid. */
public enum Refusal {
  /** Runs begin too often. */
  TOO_MANY_STARTS(
      ErrorCode.RATE_LIMITED,
      SteeringOutcome.RATE_LIMITED,
      "Too many conversations started; wait a minute."),
  /** The maximum number of conversations is running. */
  TOO_MANY_RUNNING(
      ErrorCode.LIMIT_EXCEEDED,
      SteeringOutcome.LIMIT_EXCEEDED,
      "As many of your conversations run as may: stop one, or wait for its end."),
  /** The budget for models is used up. */
  BUDGET(
      ErrorCode.BUDGET_EXCEEDED,
      SteeringOutcome.BUDGET_EXCEEDED,
      "The budget for models is used up for now; try again later."),
  /** The maximum number of conversations is running on the whole server. */
  SERVER_BUSY(
      ErrorCode.UNAVAILABLE,
      SteeringOutcome.UNAVAILABLE,
      "The server runs as many conversations as it may; try again later.");

  private final ErrorCode code;
  private final SteeringOutcome outcome;
  private final String message;

  Refusal(ErrorCode code, SteeringOutcome outcome, String message) {
    this.code = code;
    this.outcome = outcome;
    this.message = message;
  }

  /** Returns the code of the error that answers the command. */
  public ErrorCode code() {
    return code;
  }

  /** Returns the outcome of a continuation that is refused. */
  public SteeringOutcome outcome() {
    return outcome;
  }

  /** Returns one sentence for people. */
  public String message() {
    return message;
  }
}

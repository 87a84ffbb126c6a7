package io.agentstream.delivery;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ErrorCode;

/** Why a run may not begin although the command is in order. */
enum Refusal {
  TOO_MANY_STARTS(
      ErrorCode.RATE_LIMITED,
      SteeringOutcome.RATE_LIMITED,
      "Too many conversations started; wait a minute."),
  TOO_MANY_RUNNING(
      ErrorCode.LIMIT_EXCEEDED,
      SteeringOutcome.LIMIT_EXCEEDED,
      "As many of your conversations run as may: stop one, or wait for its end."),
  BUDGET(
      ErrorCode.BUDGET_EXCEEDED,
      SteeringOutcome.BUDGET_EXCEEDED,
      "The budget for models is used up for now; try again later."),
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

  ErrorCode code() {
    return code;
  }

  /** What a continuation is told. */
  SteeringOutcome outcome() {
    return outcome;
  }

  /** One sentence for people. */
  String message() {
    return message;
  }
}

package io.agentstream.upstream.openai;

import io.agentstream.event.ErrorCause;
import io.agentstream.upstream.ModelServerException;

/** The limits of one answer, beyond which the call is cancelled. */
final class AnswerLimits {

  /** The longest thinking, in UTF-16 code units. */
  static final int THINKING_CHARS = 1_000_000;

  /** The maximum number of tool calls. */
  static final int TOOL_CALLS = 128;

  /** The longest arguments of all tool calls together, in UTF-16 code units. */
  static final int TOOL_CHARS = 1_000_000;

  /** The maximum number of empty events: one a second for hours. */
  static final int EMPTY_EVENTS = 10_000;

  private AnswerLimits() {}

  static ModelServerException passed(String what, String limit) {
    return new ModelServerException(
        ErrorCause.TOO_LONG, what + " passed the limit of " + limit, false);
  }
}

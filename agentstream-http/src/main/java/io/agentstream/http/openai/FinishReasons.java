package io.agentstream.http.openai;

import io.agentstream.event.EndReason;
import io.agentstream.event.TurnFinishReason;
import org.jspecify.annotations.Nullable;

/** Finds OpenAI's finish reason for the end of a run. */
final class FinishReasons {

  /** The answer ended by itself. */
  static final String STOP = "stop";

  /** The answer is not complete. */
  static final String INCOMPLETE = "length";

  private static final String CONTENT_FILTER = "content_filter";

  private FinishReasons() {}

  /**
   * @param last the end of the last message; null if there was none
   */
  static String of(EndReason reason, @Nullable TurnFinishReason last) {
    return switch (reason) {
      case BUDGET, TIMEOUT, ABANDONED, FAILED -> INCOMPLETE;
      case STOPPED -> STOP;
      case COMPLETED, MAX_ROUNDS, TERMINATED -> of(last);
    };
  }

  private static String of(@Nullable TurnFinishReason last) {
    if (last == null) {
      return STOP;
    }
    return switch (last) {
      case LENGTH, TRUNCATED -> INCOMPLETE;
      case CONTENT_FILTER -> CONTENT_FILTER;
      case STOP, TOOL_CALLS, STOPPED, INTERRUPTED, ERROR -> STOP;
    };
  }
}

package io.agentstream.chat;

import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import org.jspecify.annotations.Nullable;

/** What becomes of a conversation when a turn failed for good, retries and fallback used up. */
@FunctionalInterface
public interface FailurePolicy {

  /** Decides. Called in the conversation's serial order; must not block. */
  Action onFailure(TurnFailure failure);

  /** What to do. */
  enum Action {
    /** The next speaker is picked. */
    SKIP_TURN,
    /** The run ends with {@code failed}. */
    END
  }

  /**
   * A turn that failed.
   *
   * @param agentName whose
   * @param code how
   * @param cause why the model gave no answer; null where that is not known
   * @param inARow how many turns of this run failed in a row, this one included
   */
  record TurnFailure(String agentName, ErrorCode code, @Nullable ErrorCause cause, int inARow) {}

  /** Skips failed turns, and ends the run with the third in a row: the default. */
  static FailurePolicy skipTurn() {
    return skipTurn(3);
  }

  /** Skips failed turns, and ends the run when {@code mostInARow} in a row failed. */
  static FailurePolicy skipTurn(int mostInARow) {
    return failure -> failure.inARow() < mostInARow ? Action.SKIP_TURN : Action.END;
  }

  /** Ends the run with the first failed turn. */
  static FailurePolicy end() {
    return failure -> Action.END;
  }
}

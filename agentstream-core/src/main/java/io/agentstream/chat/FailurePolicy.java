package io.agentstream.chat;

import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a conversation continues after a turn has failed for good, with retries and fallback
 * used up.
 */
@FunctionalInterface
public interface FailurePolicy {

  /** Returns the decision. Called in the conversation's serial order; must not block. */
  Action onFailure(TurnFailure failure);

  /** The possible decisions. */
  enum Action {
    /** The next speaker is picked. */
    SKIP_TURN,
    /** The run ends with {@code failed}. */
    END
  }

  /**
   * A turn that failed.
   *
   * @param agentName the agent
   * @param code the kind of failure
   * @param cause the reason why the model gave no answer; null if unknown
   * @param inARow how many turns of this run have failed in a row, including this one
   */
  record TurnFailure(String agentName, ErrorCode code, @Nullable ErrorCause cause, int inARow) {}

  /**
   * Returns the default policy, which skips failed turns and ends the run with the third in a row.
   */
  static FailurePolicy skipTurn() {
    return skipTurn(3);
  }

  /**
   * Returns a policy that skips failed turns and ends the run when {@code mostInARow} in a row have
   * failed.
   */
  static FailurePolicy skipTurn(int mostInARow) {
    return failure -> failure.inARow() < mostInARow ? Action.SKIP_TURN : Action.END;
  }

  /** Returns a policy that ends the run with the first failed turn. */
  static FailurePolicy end() {
    return failure -> Action.END;
  }
}

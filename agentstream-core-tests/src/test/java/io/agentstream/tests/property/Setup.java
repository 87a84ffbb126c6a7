package io.agentstream.tests.property;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.FailurePolicy;
import io.agentstream.chat.InputTimeoutPolicy;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.chat.context.ContextWindow;
import io.agentstream.chat.context.TokenEstimator;
import java.time.Duration;

/**
 * How a random chat is set up.
 *
 * @param selector how the next speaker is picked
 * @param nested how it is in the team that is one of the participants; null for no such team
 * @param twoTeams whether there are two of it
 * @param person whether a person is one of the participants
 * @param window what agents are shown of the conversation
 * @param maxMessages after how many messages of a run it ends; 0 for no such end
 * @param minutes after how many minutes a condition ends a run; 0 for no such end
 * @param execution when and how the executor runs its tasks
 * @param lateAlarms whether cancelled alarms ring all the same
 */
record Setup(
    SelectorKind selector,
    SelectorKind nested,
    boolean twoTeams,
    boolean person,
    Window window,
    int maxRounds,
    Retries retries,
    Failures failures,
    InputTimeoutPolicy onInputTimeout,
    int maxMessages,
    int minutes,
    Execution execution,
    boolean lateAlarms) {

  enum Execution {
    AT_ONCE,
    /** At once, and then it throws. */
    THROWING,
    /** When an action says so. */
    HELD,
    /** The same, and every third task is refused. */
    REFUSING
  }

  enum Window {
    EVERYTHING,
    HEAD_AND_TAIL,
    TOKEN_LIMIT,
    SUMMARY;

    ContextWindow window(StreamingChatModel model) {
      return switch (this) {
        case EVERYTHING -> ContextWindow.everything();
        case HEAD_AND_TAIL -> ContextWindow.headAndTail(1, 1);
        case TOKEN_LIMIT -> ContextWindow.tokenLimit(5, TokenEstimator.byLength());
        case SUMMARY -> ContextWindow.summary(model, 1);
      };
    }
  }

  enum Retries {
    NONE,
    ONE_AT_ONCE,
    DEFAULT;

    RetryPolicy policy() {
      return switch (this) {
        case NONE -> RetryPolicy.none();
        case ONE_AT_ONCE -> new RetryPolicy(1, Duration.ZERO, Duration.ZERO, 0);
        case DEFAULT -> RetryPolicy.defaults();
      };
    }
  }

  enum Failures {
    END,
    SKIP_TWO,
    SKIP_MANY;

    FailurePolicy policy() {
      return switch (this) {
        case END -> FailurePolicy.end();
        case SKIP_TWO -> FailurePolicy.skipTurn(2);
        case SKIP_MANY -> FailurePolicy.skipTurn(100);
      };
    }
  }
}

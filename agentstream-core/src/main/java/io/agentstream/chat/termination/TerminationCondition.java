package io.agentstream.chat.termination;

import java.time.Duration;
import java.util.Optional;

/**
 * Says when a run ends. Immutable: it looks at everything of the run each time, so what held once
 * goes on holding for {@code and}, and one condition serves any number of conversations.
 */
@FunctionalInterface
public interface TerminationCondition {

  /** Why the run ends now; empty where it does not. Called in the conversation's serial order. */
  Optional<Termination> check(TerminationContext run);

  /**
   * After what time of the run it should be asked once more, even in the middle of a turn; empty
   * for never.
   */
  default Optional<Duration> deadline() {
    return Optional.empty();
  }
}

package io.agentstream.chat.termination;

import io.agentstream.event.EndReason;
import java.util.Optional;

record TokenUsageTermination(long most) implements TerminationCondition {

  TokenUsageTermination {
    if (most < 1) {
      throw new IllegalArgumentException("tokenBudget must be at least 1, not " + most);
    }
  }

  @Override
  public Optional<Termination> check(TerminationContext run) {
    long used = run.usage().totalTokens();
    return used >= most
        ? Optional.of(
            new Termination(EndReason.BUDGET, used + " of " + most + " tokens were used."))
        : Optional.empty();
  }
}

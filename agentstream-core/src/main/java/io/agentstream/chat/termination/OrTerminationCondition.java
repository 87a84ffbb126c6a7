package io.agentstream.chat.termination;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

record OrTerminationCondition(TerminationCondition left, TerminationCondition right)
    implements TerminationCondition {

  @Override
  public Optional<Termination> check(TerminationContext run) {
    // Always evaluates both, because a user's condition may need to see every step.
    Optional<Termination> first = left.check(run);
    Optional<Termination> second = right.check(run);
    return first.isPresent() ? first : second;
  }

  @Override
  public Set<Duration> deadlines() {
    return AndTerminationCondition.union(left, right);
  }

  @Override
  public TerminationCondition forRun() {
    return new OrTerminationCondition(left.forRun(), right.forRun());
  }
}

package io.agentstream.chat.termination;

import io.agentstream.event.EndReason;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Holds when both conditions hold. Each examines the whole run, so this class needs no memory of
 * the one that held first. Each is evaluated at the deadlines of both, because either may be the
 * last to hold.
 */
record AndTerminationCondition(TerminationCondition left, TerminationCondition right)
    implements TerminationCondition {

  @Override
  public Optional<Termination> check(TerminationContext run) {
    // Always evaluates both, because a user's condition may need to see every step.
    Optional<Termination> first = left.check(run);
    Optional<Termination> second = right.check(run);
    return first.flatMap(one -> second.map(other -> join(one, other)));
  }

  private static Termination join(Termination one, Termination other) {
    EndReason reason = one.reason() == other.reason() ? one.reason() : EndReason.TERMINATED;
    return new Termination(reason, one.detail() + " " + other.detail());
  }

  @Override
  public Set<Duration> deadlines() {
    return union(left, right);
  }

  static Set<Duration> union(TerminationCondition left, TerminationCondition right) {
    Set<Duration> both = new HashSet<>(left.deadlines());
    both.addAll(right.deadlines());
    return Set.copyOf(both);
  }

  @Override
  public TerminationCondition forRun() {
    return new AndTerminationCondition(left.forRun(), right.forRun());
  }
}

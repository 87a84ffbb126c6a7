package io.agentstream.chat.termination;

import io.agentstream.event.EndReason;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

record TimeoutTermination(Duration time) implements TerminationCondition {

  TimeoutTermination {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("timeout must be above 0, not " + time);
    }
  }

  @Override
  public Optional<Termination> check(TerminationContext run) {
    return run.elapsed().compareTo(time) >= 0
        ? Optional.of(new Termination(EndReason.TIMEOUT, "The time for the run was up."))
        : Optional.empty();
  }

  @Override
  public Set<Duration> deadlines() {
    return Set.of(time);
  }
}

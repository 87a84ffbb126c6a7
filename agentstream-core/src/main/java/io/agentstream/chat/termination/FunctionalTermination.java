package io.agentstream.chat.termination;

import java.util.Optional;
import java.util.function.Predicate;

record FunctionalTermination(Predicate<? super TerminationContext> predicate)
    implements TerminationCondition {

  @Override
  public Optional<Termination> check(TerminationContext run) {
    return predicate.test(run)
        ? Optional.of(Termination.terminated("A condition of the program held."))
        : Optional.empty();
  }
}

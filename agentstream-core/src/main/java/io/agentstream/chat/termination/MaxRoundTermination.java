package io.agentstream.chat.termination;

import io.agentstream.event.EndReason;
import java.util.Optional;

record MaxRoundTermination(int most) implements TerminationCondition {

  MaxRoundTermination {
    if (most < 1) {
      throw new IllegalArgumentException("maxRounds must be at least 1, not " + most);
    }
  }

  @Override
  public Optional<Termination> check(TerminationContext run) {
    return run.rounds() >= most
        ? Optional.of(new Termination(EndReason.MAX_ROUNDS, "Rounds over: " + most + "."))
        : Optional.empty();
  }
}

package io.agentstream.chat.termination;

import java.util.Optional;

record MaxMessageTermination(int most) implements TerminationCondition {

  MaxMessageTermination {
    if (most < 1) {
      throw new IllegalArgumentException("maxMessages must be at least 1, not " + most);
    }
  }

  @Override
  public Optional<Termination> check(TerminationContext run) {
    return run.messages().size() >= most
        ? Optional.of(Termination.terminated("The run has " + most + " messages."))
        : Optional.empty();
  }
}

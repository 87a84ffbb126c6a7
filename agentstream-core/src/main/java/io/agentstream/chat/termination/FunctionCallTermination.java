package io.agentstream.chat.termination;

import java.util.Optional;

record FunctionCallTermination(String toolName) implements TerminationCondition {

  @Override
  public Optional<Termination> check(TerminationContext run) {
    return run.turns().stream()
        .filter(turn -> turn.called(toolName))
        .findFirst()
        .map(
            turn ->
                Termination.terminated(turn.complete().agentName() + " called " + toolName + "."));
  }
}

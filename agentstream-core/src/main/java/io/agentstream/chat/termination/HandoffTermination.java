package io.agentstream.chat.termination;

import io.agentstream.internal.HandoffTools;
import java.util.Optional;

record HandoffTermination(String target) implements TerminationCondition {

  @Override
  public Optional<Termination> check(TerminationContext run) {
    String tool = HandoffTools.nameFor(target);
    return run.turns().stream()
        .filter(turn -> turn.called(tool))
        .findFirst()
        .map(
            turn ->
                Termination.terminated(
                    turn.complete().agentName() + " handed over to " + target + "."));
  }
}

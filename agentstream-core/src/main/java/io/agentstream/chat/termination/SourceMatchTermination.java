package io.agentstream.chat.termination;

import io.agentstream.event.NewMessage;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

record SourceMatchTermination(Set<String> names) implements TerminationCondition {

  SourceMatchTermination {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("sourceMatch needs a name");
    }
  }

  @Override
  public Optional<Termination> check(TerminationContext run) {
    Stream<String> speakers = run.messages().stream().skip(1).map(NewMessage::sender);
    // A team does not speak itself; its participants do.
    Stream<String> turns =
        run.turns().stream()
            .filter(turn -> turn.complete().length() > 0)
            .map(turn -> turn.complete().agentName());
    return Stream.concat(speakers, turns)
        .filter(names::contains)
        .findFirst()
        .map(name -> Termination.terminated(name + " has spoken."));
  }
}

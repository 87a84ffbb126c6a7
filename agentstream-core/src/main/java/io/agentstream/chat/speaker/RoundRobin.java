package io.agentstream.chat.speaker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Lets every participant speak in turn. Its state is the next participant, which a continuation
 * keeps. A round is as many turns of one run as there are participants.
 */
final class RoundRobin implements SpeakerSelector {

  static final RoundRobin INSTANCE = new RoundRobin();

  private RoundRobin() {}

  @Override
  public String name() {
    return "round_robin";
  }

  @Override
  public boolean mayBlock() {
    return false;
  }

  @Override
  public CompletionStage<Selection> select(SelectionContext context) {
    int participants = context.participants().size();
    int index = context.state().isEmpty() ? 0 : Integer.parseInt(context.state()) % participants;
    int turn = context.turns() % participants;
    return CompletableFuture.completedStage(
        Selection.speak(context.participants().get(index).name())
            .inRound(turn == 0, turn == participants - 1)
            .withState(String.valueOf((index + 1) % participants)));
  }
}

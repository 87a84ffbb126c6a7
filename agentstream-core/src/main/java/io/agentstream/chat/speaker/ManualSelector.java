package io.agentstream.chat.speaker;

import io.agentstream.event.EndReason;
import io.agentstream.event.InputKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks a person for the next speaker before each turn. AutoGen 0.7 has no such team; AutoGen 0.2's
 * {@code manual} asked on the console, and treated an empty answer as "you decide".
 *
 * <p>Here too, if nobody answers in time and the input policy lets the chat continue, the next
 * participant in order speaks. Nobody is asked once the rounds are used up. It has no state.
 */
final class ManualSelector implements SpeakerSelector {

  static final ManualSelector INSTANCE = new ManualSelector();

  private ManualSelector() {}

  @Override
  public String name() {
    return "manual";
  }

  @Override
  public boolean mayBlock() {
    return false;
  }

  @Override
  public CompletionStage<Selection> select(SelectionContext context) {
    return CompletableFuture.completedStage(decide(context));
  }

  private static Selection decide(SelectionContext context) {
    List<String> names = Names.of(context);
    String answer = context.input();
    if (context.roundsLeft() == 0) {
      return Selection.end(EndReason.MAX_ROUNDS, null);
    }
    if (answer == null) {
      return Selection.ask(InputKind.SPEAKER, "Who speaks next?", names);
    }
    if (names.contains(answer) || Names.isSilent(context, answer)) {
      return Selection.speak(answer);
    }
    String next = Names.after(context.lastSpeaker(), names, names);
    return Selection.speak(
        List.of(Selection.Turn.of(next).withReason("Next in order: nobody was named.")));
  }
}

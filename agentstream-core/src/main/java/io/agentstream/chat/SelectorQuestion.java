package io.agentstream.chat;

import io.agentstream.chat.speaker.Selection.Ask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The question that a team's selector asks a person. At most one is open. Used in the
 * conversation's serial order only.
 */
final class SelectorQuestion {

  private final InputDesk inputs;
  private @Nullable String open;

  SelectorQuestion(InputDesk inputs) {
    this.inputs = inputs;
  }

  /**
   * Asks a person.
   *
   * @param then receives the answer; null if nobody has answered in time
   */
  void ask(Ask ask, Consumer<InputDesk.@Nullable Answer> then) {
    open =
        inputs.request(
            new InputDesk.Question(
                ask.kind(), ask.agentName(), null, null, ask.prompt(), ask.choices()),
            answer -> {
              open = null;
              then.accept(answer);
            });
  }

  /** Takes the question back, if one is open. */
  void withdraw() {
    if (open != null) {
      inputs.withdraw(open);
      open = null;
    }
  }
}

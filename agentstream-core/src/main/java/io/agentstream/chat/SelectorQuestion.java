package io.agentstream.chat;

import io.agentstream.chat.speaker.Selection.Ask;
import io.agentstream.event.InputKind;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The question that a team's selector asks a person. At most one is open. Used in the
 * conversation's serial order only.
 */
final class SelectorQuestion {

  private final InputDesk inputs;
  private @Nullable String open;
  private boolean forText;

  SelectorQuestion(InputDesk inputs) {
    this.inputs = inputs;
  }

  /**
   * Asks a person.
   *
   * @param then receives the answer; null if nobody has answered in time
   */
  void ask(Ask ask, Consumer<InputDesk.@Nullable Answer> then) {
    forText = ask.kind() == InputKind.TEXT;
    open =
        inputs.request(
            new InputDesk.Question(
                ask.kind(), ask.agentName(), null, null, ask.prompt(), ask.choices()),
            answer -> {
              open = null;
              then.accept(answer);
            });
  }

  /** Returns true if a question is open that does not depend on who takes part. */
  boolean isForText() {
    return open != null && forText;
  }

  /** Takes the question back, if one is open. */
  void withdraw() {
    if (open != null) {
      inputs.withdraw(open);
      open = null;
    }
  }
}

package io.agentstream.examples.terminal;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The questions to whoever sits at the terminal, asked one at a time. */
final class Questions {

  private static final String PROMPT = "> ";

  private final Screen screen;
  private final Consumer<InputRequested> asked;
  private final List<InputRequested> waiting = new ArrayList<>();
  private @Nullable InputRequested open;

  /**
   * @param asked gets each question once it is printed
   */
  Questions(Screen screen, Consumer<InputRequested> asked) {
    this.screen = screen;
    this.asked = asked;
  }

  void add(InputRequested question) {
    waiting.add(question);
  }

  /** Returns the questions that were not asked yet, oldest first. */
  List<InputRequested> waiting() {
    return List.copyOf(waiting);
  }

  /** Returns true while a question is asked and has no answer. */
  boolean isOpen() {
    return open != null;
  }

  /** Prints this question at the beginning of a line. */
  void ask(InputRequested question) {
    waiting.remove(question);
    open = question;
    screen.print("\n");
    Paragraph text = new Paragraph(screen, 0);
    text.write(question.prompt() + "\n");
    if (question.choices() != null) {
      text.write(String.join(" / ", question.choices()) + "\n");
    }
    screen.print(PROMPT);
    asked.accept(question);
  }

  /** Says why the typed line was no answer. A question that is open waits for the next line. */
  void refuse(SteeringOutcome outcome) {
    screen.print(why(outcome) + "\n");
    if (open != null) {
      screen.print(PROMPT);
    }
  }

  private static String why(SteeringOutcome outcome) {
    return switch (outcome) {
      case INVALID -> "Please type one of the choices.";
      case LIMIT_EXCEEDED -> "The conversation has no room for this text.";
      default -> "The conversation does not wait for this any more.";
    };
  }

  void resolve(InputResolved end) {
    waiting.removeIf(question -> question.requestId().equals(end.requestId()));
    if (open == null || !open.requestId().equals(end.requestId())) {
      return;
    }
    open = null;
    if (end.by() != InputResolved.By.USER) {
      // Nobody has ended the line of the prompt.
      screen.print("\n");
    }
  }

  void clear() {
    waiting.clear();
    open = null;
  }
}

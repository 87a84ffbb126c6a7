package io.agentstream.examples.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ChatError;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.InputKind;
import io.agentstream.event.InputRequested;
import io.agentstream.event.InputResolved;
import io.agentstream.event.MessageReset;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.event.TurnFinishReason;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PrinterTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final List<String> asked = new ArrayList<>();

  @Test
  void of_two_who_speak_at_once_the_second_follows_the_first() {
    Printer printer = printer(false);
    speaks(printer, "m1", "Mia");
    speaks(printer, "m2", "Otto");
    says(printer, "m2", "No");
    says(printer, "m1", "Yes");
    says(printer, "m2", "pe.");
    ends(printer, "m2", "Otto", TurnFinishReason.STOP);
    says(printer, "m1", ".");
    ends(printer, "m1", "Mia", TurnFinishReason.STOP);
    assertThat(shown()).isEqualTo("\nMia: Yes.\n\nOtto: Nope.\n");
  }

  @Test
  void the_second_is_live_once_the_first_is_over() {
    Printer printer = printer(false);
    speaks(printer, "m1", "Mia");
    speaks(printer, "m2", "Otto");
    says(printer, "m2", "No");
    ends(printer, "m1", "Mia", TurnFinishReason.STOPPED);
    says(printer, "m2", "pe.");
    assertThat(shown()).isEqualTo("\nMia: \n[stopped]\n\nOtto: Nope.");
  }

  @Test
  void text_cannot_steer_the_terminal() {
    Printer printer = printer(false);
    speaks(printer, "m1", "M\u001b[2Jia");
    says(printer, "m1", "a\u001b]0;title\u0007b\rc\u009bd\ne\tf");
    printer.onEvent(new MessageReset("m1", 0, "again\u001b[31m"));
    assertThat(shown()).isEqualTo("\nM[2Jia: a]0;titlebcd\n  e\tf\n[starts over: again[31m]\n");
  }

  @Test
  void what_a_tool_gives_and_how_a_turn_ends_stand_on_lines_of_their_own() {
    Printer printer = printer(false);
    speaks(printer, "m1", "Mia");
    speaks(printer, "m2", "Otto");
    says(printer, "m2", "Wait.");
    printer.onEvent(new ToolCall("m2", "c1", "weather", "{\"a\": 1}"));
    printer.onEvent(new ToolResult("m2", "c1", "sunny\n[completed]", false));
    ends(printer, "m1", "Mia", TurnFinishReason.STOP);
    says(printer, "m2", "It is sunny. [stopped]");
    ends(printer, "m2", "Otto", TurnFinishReason.LENGTH);
    assertThat(shown())
        .isEqualTo(
            """

            Mia:\s

            Otto: Wait.
            [calls weather {"a": 1}]
            [gets sunny
              [completed]]
              It is sunny. [stopped]
            [length]
            """);
  }

  @Test
  void an_agent_whose_turns_all_failed_got_no_answer() {
    Printer printer = printer(false);
    assertThat(printer.everybodyAnswered()).isTrue();
    takesTurn(printer, "m1", "Mia", "Tea.", TurnFinishReason.STOP);
    takesTurn(printer, "m2", "Otto", "", TurnFinishReason.ERROR);
    assertThat(printer.everybodyAnswered()).isFalse();
    takesTurn(printer, "m3", "Otto", "Coffee.", TurnFinishReason.STOP);
    takesTurn(printer, "m4", "Lin", "", TurnFinishReason.STOPPED);
    assertThat(printer.everybodyAnswered()).isTrue();
  }

  @Test
  void each_speaker_has_a_colour_where_there_are_any() {
    Printer printer = printer(true);
    speaks(printer, "m1", "Mia");
    ends(printer, "m1", "Mia", TurnFinishReason.STOP);
    speaks(printer, "m2", "Otto");
    assertThat(shown()).contains("\u001b[1;36mMia:\u001b[0m", "\u001b[1;33mOtto:\u001b[0m");
  }

  @Test
  void while_a_person_is_asked_everything_else_waits() {
    Printer printer = printer(false);
    speaks(printer, "m1", "Mia");
    says(printer, "m1", "Yes, ");
    asks(printer, "q1", null, "Your turn");
    says(printer, "m1", "tea.");
    printer.onEvent(
        new ChatError(ErrorCode.UPSTREAM_ERROR, "Otto's model is away.", null, null, true, false));
    ends(printer, "m1", "Mia", TurnFinishReason.STOP);
    speaks(printer, "m2", "Lin");
    String before = "\nMia: Yes, \n\n  Your turn\n> ";
    assertThat(shown()).isEqualTo(before);
    answers(printer, "q1", InputResolved.By.USER);
    assertThat(shown()).isEqualTo(before + "\n[Otto's model is away.]\n  tea.\n\nLin: ");
  }

  @Test
  void a_question_comes_after_what_was_said_before_it() {
    Printer printer = printer(false);
    takesTurn(printer, "m1", "Mia", "", TurnFinishReason.STOP);
    asks(printer, "q1", null, "Who speaks next?");
    answers(printer, "q1", InputResolved.By.USER);
    speaks(printer, "m2", "Otto");
    says(printer, "m2", "So it goes.");
    ends(printer, "m2", "Otto", TurnFinishReason.STOP);
    asks(printer, "q2", null, "Who speaks next?");
    assertThat(shown())
        .isEqualTo(
            "\nMia: \n\n  Who speaks next?\n> \nOtto: So it goes.\n\n  Who speaks next?\n> ");
    assertThat(asked).containsExactly("q1", "q2");
  }

  @Test
  void a_second_question_comes_after_all_that_was_said_during_the_first() {
    Printer printer = printer(false);
    asks(printer, "q1", null, "Tea?");
    takesTurn(printer, "m1", "Mia", "", TurnFinishReason.STOP);
    takesTurn(printer, "m2", "Otto", "", TurnFinishReason.STOP);
    asks(printer, "q2", null, "Milk?");
    answers(printer, "q1", InputResolved.By.USER);
    assertThat(shown()).isEqualTo("\n  Tea?\n> \nMia: \n\nOtto: \n\n  Milk?\n> ");
  }

  @Test
  void whoever_approves_a_call_sees_it_first() {
    Printer printer = printer(false);
    speaks(printer, "m1", "Mia");
    speaks(printer, "m2", "Otto");
    printer.onEvent(new ToolCall("m2", "c1", "burn", "{\"page\": 7}"));
    asks(printer, "q1", "m2", "May Otto call burn?");
    says(printer, "m1", "Yes.");
    assertThat(asked).isEmpty();
    ends(printer, "m1", "Mia", TurnFinishReason.STOP);
    assertThat(asked).containsExactly("q1");
    assertThat(shown())
        .isEqualTo(
            """

            Mia: Yes.

            Otto:\s
            [calls burn {"page": 7}]

              May Otto call burn?
            >\s""");
  }

  @Test
  void of_two_questions_the_second_is_asked_when_the_first_is_over() {
    Printer printer = printer(false);
    asks(printer, "q1", null, "Tea?");
    asks(printer, "q2", null, "Milk?");
    asks(printer, "q3", null, "Sugar?");
    answers(printer, "q2", InputResolved.By.TIMEOUT);
    assertThat(asked).containsExactly("q1");
    answers(printer, "q1", InputResolved.By.TIMEOUT);
    assertThat(asked).containsExactly("q1", "q3");
    assertThat(shown()).isEqualTo("\n  Tea?\n> \n\n  Sugar?\n> ");
  }

  @Test
  void a_line_that_is_no_answer_is_told_so_at_the_beginning_of_a_line() {
    Printer printer = printer(false);
    asks(printer, "q1", null, "Tea?");
    printer.answered(SteeringOutcome.INVALID);
    printer.answered(SteeringOutcome.ACCEPTED);
    answers(printer, "q1", InputResolved.By.USER);
    speaks(printer, "m1", "Mia");
    says(printer, "m1", "So ");
    printer.answered(SteeringOutcome.CONFLICT);
    says(printer, "m1", "it goes.");
    assertThat(shown())
        .isEqualTo(
            "\n  Tea?\n> Please type one of the choices.\n> \nMia: So \n"
                + "The conversation does not wait for this any more.\n  it goes.");
  }

  private static void asks(Printer printer, String id, @Nullable String messageId, String prompt) {
    String call = messageId == null ? null : "c1";
    InputKind kind = messageId == null ? InputKind.TEXT : InputKind.APPROVAL;
    printer.onEvent(
        new InputRequested(id, kind, null, messageId, call, prompt, null, "2026-01-01T00:00:00Z"));
  }

  private static void answers(Printer printer, String id, InputResolved.By by) {
    printer.onEvent(new InputResolved(id, by));
  }

  private Printer printer(boolean coloured) {
    Screen screen =
        new Screen(new PrintStream(printed, true, UTF_8), TerminalSize.UNKNOWN, coloured);
    return new Printer(
        screen, StatusLine.on(screen), 3, question -> asked.add(question.requestId()));
  }

  private String shown() {
    return printed.toString(UTF_8);
  }

  private static void speaks(Printer printer, String messageId, String name) {
    printer.onEvent(new SpeakerChange(messageId, name, 1, null, null));
  }

  private static void says(Printer printer, String messageId, String token) {
    printer.onEvent(new StreamingToken(messageId, 0, token));
  }

  private static void takesTurn(
      Printer printer, String id, String name, String text, TurnFinishReason reason) {
    speaks(printer, id, name);
    printer.onEvent(new StreamingComplete(id, name, 1, text, text.length(), reason, null));
  }

  private static void ends(Printer printer, String id, String name, TurnFinishReason reason) {
    printer.onEvent(new StreamingComplete(id, name, 1, "", 0, reason, null));
  }
}

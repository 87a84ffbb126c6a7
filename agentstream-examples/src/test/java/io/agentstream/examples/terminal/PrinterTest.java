package io.agentstream.examples.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.event.MessageReset;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.event.TurnFinishReason;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class PrinterTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

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
    printer.onMessageReset(new MessageReset("m1", 0, "again\u001b[31m"));
    assertThat(shown()).isEqualTo("\nM[2Jia: a]0;titlebcd\n  e\tf\n[starts over: again[31m]\n");
  }

  @Test
  void what_a_tool_gives_and_how_a_turn_ends_stand_on_lines_of_their_own() {
    Printer printer = printer(false);
    speaks(printer, "m1", "Mia");
    speaks(printer, "m2", "Otto");
    says(printer, "m2", "Wait.");
    printer.onToolCall(new ToolCall("m2", "c1", "weather", "{\"a\": 1}"));
    printer.onToolResult(new ToolResult("m2", "c1", "sunny\n[completed]", false));
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

  private Printer printer(boolean coloured) {
    Screen screen =
        new Screen(new PrintStream(printed, true, UTF_8), TerminalSize.UNKNOWN, coloured);
    return new Printer(screen, StatusLine.on(screen), 3);
  }

  private String shown() {
    return printed.toString(UTF_8);
  }

  private static void speaks(Printer printer, String messageId, String name) {
    printer.onSpeakerChange(new SpeakerChange(messageId, name, 1, null, null));
  }

  private static void says(Printer printer, String messageId, String token) {
    printer.onStreamingToken(new StreamingToken(messageId, 0, token));
  }

  private static void takesTurn(
      Printer printer, String id, String name, String text, TurnFinishReason reason) {
    speaks(printer, id, name);
    printer.onStreamingComplete(
        new StreamingComplete(id, name, 1, text, text.length(), reason, null));
  }

  private static void ends(Printer printer, String id, String name, TurnFinishReason reason) {
    printer.onStreamingComplete(new StreamingComplete(id, name, 1, "", 0, reason, null));
  }
}

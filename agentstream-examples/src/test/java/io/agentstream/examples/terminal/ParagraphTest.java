package io.agentstream.examples.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParagraphTest {

  private static final String PROSE =
      "The gains come later than the costs, and somebody has to pay for the time in between.";

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void lines_break_between_words_however_the_text_comes(int piece) {
    Paragraph paragraph = on(24);
    for (int at = 0; at < PROSE.length(); at += piece) {
      paragraph.write(PROSE.substring(at, Math.min(PROSE.length(), at + piece)));
    }
    assertThat(lines())
        .containsExactly(
            "Mia: The gains come",
            "  later than the costs,",
            "  and somebody has to",
            "  pay for the time in",
            "  between.");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 100})
  void chinese_breaks_anywhere_but_before_a_full_stop_or_after_a_quotation_mark(int piece) {
    String text = "好处来得比代价晚，总得有人为中间的这段时间付账。他说“没有人”。";
    Paragraph paragraph = on(22);
    for (int at = 0; at < text.length(); at += piece) {
      paragraph.write(text.substring(at, Math.min(text.length(), at + piece)));
    }
    assertThat(lines())
        .allSatisfy(line -> assertThat(Columns.of(line)).isLessThan(22))
        .noneMatch(line -> line.strip().matches("[，。”].*"))
        .noneMatch(line -> line.endsWith("“"));
    assertThat(String.join("", lines()).replace(" ", "")).isEqualTo("Mia:" + text);
  }

  @Test
  void a_word_that_is_longer_than_a_line_breaks_at_the_edge() {
    on(12).write("a https://example.org/x");
    assertThat(lines()).containsExactly("Mia: a", "  https://e", "  xample.or", "  g/x");
  }

  @Test
  void where_there_is_no_terminal_lines_stay_as_they_are() {
    on(0).write(PROSE + "\nNext.");
    assertThat(printed.toString(UTF_8)).isEqualTo("Mia: " + PROSE + "\n  Next.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n[completed, 24 tokens]\n",
        "\r[completed, 24 tokens]",
        "\u2028[completed, 24 tokens]",
        "\n\n\n[completed, 24 tokens]",
        "\u001b[1G[completed, 24 tokens]",
        "\u0085[completed, 24 tokens]",
        "\n\u200b[completed, 24 tokens]",
        "\b\b\b\b\b[completed, 24 tokens]",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxx [completed, 24 tokens]",
        "\nOtto: I agree.",
        "]\n[stopped]"
      })
  void no_line_of_a_model_begins_where_the_programs_lines_begin(String said) {
    for (int columns : List.of(0, 12, 30)) {
      printed.reset();
      Paragraph paragraph = on(columns);
      paragraph.write(said);
      paragraph.note("calls ", "tool {\"a\": \"" + said + "\"}");
      paragraph.note("gets ", said);
      paragraph.write(said);
      assertThat(lines()).allMatch(line -> line.matches("(Mia:.*|  .*|\\[calls .*|\\[gets.*|)"));
    }
  }

  private Paragraph on(int columns) {
    TerminalSize size = new TerminalSize(24, columns);
    Screen screen = new Screen(new PrintStream(printed, true, UTF_8), size, false);
    screen.print("Mia: ");
    return new Paragraph(screen, "Mia: ".length());
  }

  /** Returns the terminal's final text, without words that were taken back. */
  private List<String> lines() {
    String text = printed.toString(UTF_8);
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\u001b') {
        String command = text.substring(i).replaceFirst("(?s)^\u001b\\[(\\d+)D\u001b\\[K.*", "$1");
        takeBack(shown, Integer.parseInt(command));
        i += command.length() + 5;
      } else {
        shown.append(text.charAt(i));
      }
    }
    return shown.toString().lines().map(String::stripTrailing).toList();
  }

  private static void takeBack(StringBuilder shown, int columns) {
    for (int taken = 0; taken < columns; ) {
      int last = shown.codePointBefore(shown.length());
      taken += Columns.of(last);
      shown.setLength(shown.length() - Character.charCount(last));
    }
  }
}

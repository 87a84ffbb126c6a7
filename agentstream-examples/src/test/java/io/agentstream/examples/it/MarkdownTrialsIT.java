package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No text breaks the drawing of Markdown: whatever it is and wherever its stream is cut, what is
 * shown live is what a reload shows, no word is lost, and no update takes long.
 */
@Timeout(3600)
class MarkdownTrialsIT extends MarkdownScene {

  private static final boolean SLOW = Boolean.getBoolean("agentstream.slow");
  private static final int TEXTS = SLOW ? 10_000 : 300;
  private static final int AT_ONCE = 50;

  /** Processor time of one update, with its layout: more would be a task that a reader feels. */
  private static final double UPDATE_MS = 200;

  @AfterEach
  void nothing_complained() {
    assertThat(sheet.complaints()).isEmpty();
  }

  @Test
  void what_is_shown_live_is_what_a_reload_shows_and_no_word_is_lost() {
    for (int from = 0; from < TEXTS; from += AT_ONCE) {
      Map<String, List<Object>> outcome = sheet.tryTexts(from, from + AT_ONCE);
      assertThat(outcome.get("faults")).as("from text %d on", from).isEmpty();
      outcome.get("slow").forEach(MarkdownTrialsIT::assertQuick);
    }
  }

  /** Those that crash a tab without bounds come first. */
  @ParameterizedTest
  @MethodSource("circles")
  void a_model_that_runs_in_circles_keeps_nothing_from_being_drawn(String name) {
    assertThat(sheet.tryCircle(name)).isEmpty();
    assertQuick(name);
  }

  static List<String> circles() {
    List<String> all = sheet.circles();
    return SLOW ? all : all.subList(0, 10);
  }

  /** The first time, functions are still being compiled. */
  private static void assertQuick(Object text) {
    double worst = sheet.worstUpdate(text);
    System.out.printf("[INFO] Markdown, %s: %.0f ms in the worst update%n", text, worst);
    assertThat(worst).as("worst update of %s", text).isLessThan(UPDATE_MS);
  }
}

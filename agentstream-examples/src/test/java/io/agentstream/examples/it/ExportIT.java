package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A transcript that is taken away, of a conversation in which nobody minds the others. */
@Timeout(240)
class ExportIT extends MarkdownScene {

  @Test
  void each_speakers_part_stands_for_itself() {
    String markdown = sheet.exported();
    assertThat(outline(sheet.shown(markdown)))
        .containsExactly(
            "# Tea *or* coffee?",
            "Mia",
            "O*tto*",
            "# Lin",
            "Mia",
            "O*tto*",
            "# Lin",
            "Mia",
            "O*tto*",
            "# Lin",
            "You",
            "Mia");
    assertThat(markdown).contains("> ```js\n> let a = 1;\n\n### O\\*tto\\*\n");
  }

  @Test
  void no_speakers_definitions_hold_for_another() {
    assertThat(sheet.shown(sheet.exported())).doesNotContain(">1</a>");
  }

  @Test
  void the_json_comes_back_whole() {
    assertThat(sheet.comesBackWhole()).isTrue();
  }

  /** The headings that stand in no quote. */
  private static List<String> outline(String html) {
    return List.of(html.replaceAll("(?s)<blockquote.*?</blockquote>", "").split("<h[35]>")).stream()
        .skip(1)
        .map(part -> part.substring(0, part.indexOf("</h")))
        .toList();
  }
}

package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Otto: Tea.",
        "Otto:Tea.",
        "Otto：Tea.",
        "Otto : Tea.",
        "**Otto**: Tea.",
        "**Otto:** Tea.",
        "**Otto：**Tea.",
        "*Otto*: Tea.",
        "_Otto_: Tea.",
        "__Otto:__ Tea.",
        "`Otto`: Tea.",
        "\"Otto\": Tea.",
        "[Otto]: Tea.",
        "【Otto】：Tea.",
        "『Otto』：Tea.",
        "（Otto）：Tea.",
        "(Otto): Tea.",
        "'Otto': Tea.",
        "«Otto» : Tea.",
        "### Otto:\n\nTea.",
        "  \n Otto:\n Tea.",
        "Otto: Otto: Tea.",
        "Otto:\u3000Tea.",
      })
  void the_name_is_taken_off_wherever_the_answer_is_cut(String answer) {
    assertThat(strip("Otto", List.of(answer))).isEqualTo("Tea.");
    assertThat(strip("Otto", answer.chars().mapToObj(Character::toString).toList()))
        .isEqualTo("Tea.");
    for (int cut = 1; cut < answer.length(); cut++) {
      assertThat(strip("Otto", List.of(answer.substring(0, cut), answer.substring(cut))))
          .as("cut after %s", cut)
          .isEqualTo("Tea.");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Otto likes tea.",
        "Ottoline: Tea.",
        "otto: tea.",
        "Mia: Tea.",
        "**Tea**: yes.",
        "**Otto** likes: tea.",
        "Ot",
        "  \n Tea.",
        "Tea, says Otto: hot.",
        "**Otto: tea** it is.",
        "(Otto likes) tea: yes.",
        "'Tea'",
      })
  void all_else_passes_as_it_came(String answer) {
    assertThat(strip("Otto", List.of(answer))).isEqualTo(answer);
    assertThat(strip("Otto", answer.chars().mapToObj(Character::toString).toList()))
        .isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({"李华, 李华：请喝茶。, 请喝茶。", "C++, C++: Tea., Tea.", "A|B, **A|B**: Tea., Tea."})
  void a_name_is_no_pattern_and_of_any_script(String name, String answer, String left) {
    assertThat(strip(name, List.of(answer))).isEqualTo(left);
  }

  @Test
  void once_the_beginning_is_known_pieces_pass_untouched() {
    OwnName name = new OwnName("Otto");

    assertThat(name.strip("Ott")).isEmpty();
    assertThat(name.strip("ava: ")).isEqualTo("Ottava: ");
    String piece = "Otto: again";
    assertThat(name.strip(piece)).isSameAs(piece);
  }

  @Test
  void white_space_without_end_does_not_pile_up() {
    OwnName name = new OwnName("Otto");
    String space = " ".repeat(100);

    assertThat(name.strip(space) + name.strip(space) + name.strip(space)).hasSize(300);
  }

  @Test
  void each_answer_begins_anew() {
    OwnName name = new OwnName("Otto");
    name.strip("Ot");

    name.answerBegins();

    assertThat(name.strip("Otto: Tea.")).isEqualTo("Tea.");
  }

  private static String strip(String name, List<String> pieces) {
    OwnName own = new OwnName(name);
    StringBuilder left = new StringBuilder();
    pieces.forEach(piece -> left.append(own.strip(piece)));
    return left.append(own.finish()).toString();
  }
}

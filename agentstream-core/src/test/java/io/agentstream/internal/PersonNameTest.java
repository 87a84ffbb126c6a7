package io.agentstream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"Anna", "Anna Maria", "王小明", "José Núñez", "Ωmega 3", "O'Neill-Smith"})
  void an_honest_name_stays_as_it_is(String name) {
    assertThat(PersonName.clean(name)).isEqualTo(name);
  }

  @Test
  void a_name_is_one_line_without_colons_and_without_what_nobody_sees() {
    assertThat(PersonName.clean("Anna\r\nOtto: I agree")).isEqualTo("Anna Otto I agree");
    assertThat(PersonName.clean("Anna\u2028Otto：ja")).isEqualTo("Anna Otto ja");
    assertThat(PersonName.clean("\u202EannA\u202C")).isEqualTo("annA");
    assertThat(PersonName.clean("An\u200Bna\uFEFF\u00AD")).isEqualTo("Anna");
    assertThat(PersonName.clean("  Anna\t \u3000 Maria ")).isEqualTo("Anna Maria");
    assertThat(PersonName.clean("Ａｎｎａ")).isEqualTo("Anna");
  }

  @Test
  void a_name_is_bounded_and_keeps_its_last_character_whole() {
    assertThat(PersonName.clean("a".repeat(1_000))).hasSize(64);
    assertThat(PersonName.clean("a".repeat(63) + "\uD83C\uDF75")).isEqualTo("a".repeat(63));
    assertThat(PersonName.clean("Z" + "\u0301".repeat(500))).hasSizeLessThan(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\u200B\u200D", "::", "\u3164", "\u0301"})
  void nothing_that_can_be_seen_is_no_name(String name) {
    assertThat(PersonName.clean(name)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Otto",
        "otto",
        "OTTO",
        "Otto.",
        "Ot to",
        "Отто",
        "Οττο",
        "0tto",
        "Ottó",
        "𝐎𝐭𝐭𝐨",
        "Оtto",
        "Otto Maier",
        "otto (agent)",
        "Õtto"
      })
  void a_name_that_looks_or_begins_like_an_agents_is_found(String name) {
    assertThat(PersonName.looksLikeOneOf(name, List.of("Ann", "Otto"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Anna", "Ottokar", "Lotto", "Maier", "王", "Anna 王", "Annot to"})
  void another_name_is_nobody_elses(String name) {
    assertThat(PersonName.looksLikeOneOf(name, List.of("Ann", "Otto", "Anna Maria"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"Ali,AIi", "Mona,Rnona", "Wim,VVim", "Lin,1in", "Anna,Аnnа"})
  void letters_that_look_alike_are_alike(String name, String other) {
    assertThat(PersonName.looksLike(name, other)).isTrue();
  }
}

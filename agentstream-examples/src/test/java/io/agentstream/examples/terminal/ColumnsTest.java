package io.agentstream.examples.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {

  @ParameterizedTest
  @CsvSource({"a, 1", "é, 1", "茶, 2", "。, 2", "ア, 2", "한, 2", "🍵, 2", "Ａ, 2", "—, 1", "я, 1"})
  void a_character_takes_one_column_or_two(String character, int columns) {
    assertThat(Columns.of(character)).isEqualTo(columns);
  }

  @Test
  void a_mark_stands_on_the_character_before() {
    assertThat(Columns.of("e\u0301")).isEqualTo(1);
  }

  @Test
  void what_has_no_room_is_cut_between_characters() {
    assertThat(Columns.fit("茶茶🍵", 5)).isEqualTo("茶茶");
    assertThat(Columns.fit("tea", 3)).isEqualTo("tea");
    assertThat(Columns.fit("tea", 0)).isEmpty();
  }
}

package io.agentstream.examples.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmlessTest {

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00, 0x07, 0x08, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, 0x9D, 0xAD, 0x034F, 0x061C, 0x180E, 0x200B,
        0x200D, 0x200E, 0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069, 0x3164, 0xD800,
        0xFE0F, 0xFEFF, 0xFFF9, 0x1D173, 0xE0001, 0xE0041, 0xE0100
      })
  void what_is_obeyed_or_not_shown_does_not_pass(int c) {
    assertThat(Harmless.text("a" + Character.toString(c) + "b")).isEqualTo("ab");
  }

  @Test
  void no_control_or_format_character_of_unicode_passes() {
    String all =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(c -> Character.getType(c) == Character.CONTROL || isFormat(c))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    assertThat(Harmless.text(all)).isEqualTo("\t\n");
    assertThat(Harmless.line(all)).isEqualTo("  ");
  }

  @Test
  void what_people_write_stays() {
    String text = "Tea, thé, чай, شاي, चाय, 茶。🍵 e\u0301 👍🏽";
    assertThat(Harmless.text(text)).isEqualTo(text);
    assertThat(Harmless.line("a\nb\tc")).isEqualTo("a b c");
  }

  private static boolean isFormat(int c) {
    return Character.getType(c) == Character.FORMAT;
  }
}

package io.agentstream.examples.terminal;

import java.util.function.IntPredicate;

/**
 * Removes characters that a terminal obeys or does not show from the text of models and people:
 * control characters, characters that change the text direction, tags and other invisible ones. The
 * rest is exactly what the reader sees.
 */
public final class Harmless {

  private static final int TAGS_AND_SELECTORS = 0xE0000 >> 12;

  private Harmless() {}

  /** Returns the text with its line breaks and tabs. */
  public static String text(String others) {
    return without(others, c -> isHidden(c) && c != '\n' && c != '\t');
  }

  /** Returns the text on one line: line breaks and tabs become spaces. */
  static String line(String others) {
    return without(others.replace('\n', ' ').replace('\t', ' '), Harmless::isHidden);
  }

  private static String without(String text, IntPredicate hidden) {
    if (text.codePoints().noneMatch(hidden)) {
      return text;
    }
    return text.codePoints()
        .filter(hidden.negate())
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isInvisible(c) || c >> 12 == TAGS_AND_SELECTORS;
    };
  }

  /** Letters and marks without a visible glyph, including fillers and variation selectors. */
  private static boolean isInvisible(int c) {
    return switch (c) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      default -> (c >= 0x180B && c <= 0x180F) || (c >= 0xFE00 && c <= 0xFE0F);
    };
  }
}

package io.agentstream.internal;

import java.util.regex.Pattern;

/** Checks and cuts texts. */
public final class PlainText {

  private static final Pattern LINE_BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");
  private static final char REPLACEMENT = '\uFFFD';

  private PlainText() {}

  /** Returns true if the text holds control characters or separators of lines and paragraphs. */
  public static boolean breaksLines(String text) {
    return text.chars().anyMatch(PlainText::breaksLine);
  }

  /**
   * Returns the text with one space in place of each run of control characters and separators, and
   * without spaces at its ends.
   */
  public static String oneLine(String text) {
    return LINE_BREAKS.matcher(text).replaceAll(" ").strip();
  }

  private static boolean breaksLine(int unit) {
    return Character.isISOControl(unit) || unit == 0x2028 || unit == 0x2029;
  }

  /**
   * Returns the beginning of a text, without half a surrogate pair at its end.
   *
   * @param most the most UTF-16 code units, from 1
   */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  /** Returns the text with U+FFFD in place of each half of a surrogate pair that stands alone. */
  public static String wellFormed(String text) {
    StringBuilder changed = null;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int point = text.codePointAt(i);
      if (Character.MIN_SURROGATE <= point && point <= Character.MAX_SURROGATE) {
        changed = changed == null ? new StringBuilder(text) : changed;
        changed.setCharAt(i, REPLACEMENT);
      }
    }
    return changed == null ? text : changed.toString();
  }
}

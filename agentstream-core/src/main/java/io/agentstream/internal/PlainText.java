package io.agentstream.internal;

/** Checks and cuts texts. */
public final class PlainText {

  private PlainText() {}

  /** Returns true if the text holds control characters or separators of lines and paragraphs. */
  public static boolean breaksLines(String text) {
    return text.chars().anyMatch(PlainText::breaksLine);
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
}

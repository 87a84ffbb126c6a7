package io.agentstream.examples.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import org.jspecify.annotations.Nullable;

/** Escapes text of any origin for one line of the log. */
final class LogText {

  /** In UTF-16 code units, before they are escaped. */
  static final int LONGEST = 2_000;

  private static final int LONGEST_NAME = 200;
  private static final int MOST_STACK_LINES = 100;

  private LogText() {}

  /**
   * Returns a text of one line. Control characters and invisible characters are escaped as in
   * {@code \\u202e}; a text longer than {@link #LONGEST} is cut, with a note.
   */
  static String line(@Nullable String text) {
    return shortened(text, LONGEST);
  }

  /** Escapes a name like {@link #line}, with a shorter limit. */
  static String name(@Nullable String text) {
    return shortened(text, LONGEST_NAME);
  }

  /** Returns the lines of a stack trace, each escaped like {@link #line}. */
  static String[] stackTrace(IThrowableProxy failure) {
    String[] lines = ThrowableProxyUtil.asString(failure).split("\\R", MOST_STACK_LINES + 1);
    int kept = Math.min(lines.length, MOST_STACK_LINES);
    String[] clean = new String[kept];
    for (int i = 0; i < kept; i++) {
      // A stack trace is indented by tabs.
      clean[i] = line(lines[i].replace("\t", "    "));
    }
    return clean;
  }

  private static String shortened(@Nullable String text, int longest) {
    String whole = String.valueOf(text);
    int end = Math.min(whole.length(), longest);
    if (end < whole.length() && Character.isHighSurrogate(whole.charAt(end - 1))) {
      end--;
    }
    StringBuilder line = new StringBuilder(end + 16);
    whole.substring(0, end).codePoints().forEach(character -> append(character, line));
    if (end < whole.length()) {
      line.append("… (").append(whole.length() - end).append(" more characters)");
    }
    return line.toString();
  }

  private static void append(int character, StringBuilder to) {
    if (isShown(character)) {
      to.appendCodePoint(character);
      return;
    }
    for (char unit : Character.toChars(character)) {
      to.append("\\u").append(String.format("%04x", (int) unit));
    }
  }

  private static boolean isShown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}

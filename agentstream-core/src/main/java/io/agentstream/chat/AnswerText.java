package io.agentstream.chat;

/**
 * The growing text of a message. It releases only whole characters: a high surrogate at the end of
 * a piece waits for its other half, and a lone half becomes U+FFFD, because neither could be sent
 * as UTF-8.
 */
final class AnswerText {

  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder text = new StringBuilder();
  private char waiting;

  /** Adds a piece and returns the text that can be shown now, possibly empty. */
  String append(String piece) {
    String whole = hasSurrogate(piece) || waiting != 0 ? pairUp(piece) : piece;
    text.append(whole);
    return whole;
  }

  /** Ends the text and returns the rest that can be shown, possibly empty. */
  String finish() {
    if (waiting == 0) {
      return "";
    }
    waiting = 0;
    text.append(REPLACEMENT);
    return String.valueOf(REPLACEMENT);
  }

  /** Cuts the text to its first {@code length} units; returns true if it was longer. */
  boolean resetTo(int length) {
    boolean shorter = length < text.length();
    text.setLength(length);
    waiting = 0;
    return shorter;
  }

  int length() {
    return text.length();
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private static boolean hasSurrogate(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      if (Character.isSurrogate(piece.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private String pairUp(String piece) {
    StringBuilder whole = new StringBuilder(piece.length() + 1);
    for (int i = 0; i < piece.length(); i++) {
      take(piece.charAt(i), whole);
    }
    return whole.toString();
  }

  private void take(char c, StringBuilder whole) {
    boolean low = Character.isLowSurrogate(c);
    if (waiting != 0) {
      if (low) {
        whole.append(waiting).append(c);
        waiting = 0;
        return;
      }
      whole.append(REPLACEMENT);
      waiting = 0;
    }
    if (Character.isHighSurrogate(c)) {
      waiting = c;
    } else {
      whole.append(low ? REPLACEMENT : c);
    }
  }
}

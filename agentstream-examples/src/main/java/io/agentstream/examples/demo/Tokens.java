package io.agentstream.examples.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Cuts a text into pieces like a model's: a word with the preceding space, a part of a long word,
 * one or two Chinese characters, a punctuation mark.
 */
final class Tokens {

  private static final Pattern PIECE =
      Pattern.compile(
          "\\p{IsHan}{1,2}|\\s?[\\p{L}\\p{N}'’&&[^\\p{IsHan}]]{1,8}|\\s?[^\\s\\p{L}\\p{N}]|\\s+|.",
          Pattern.DOTALL);

  private static final int FIRST_AFTER_MILLIS = 350;
  private static final int FASTEST_MILLIS = 25;
  private static final int SPREAD_MILLIS = 16;

  private Tokens() {}

  /**
   * Returns pieces at reading speed, with a pause before the first. The same text always gets the
   * same times.
   */
  static List<TimedToken> atReadingSpeed(String text) {
    List<TimedToken> tokens = new ArrayList<>();
    for (String piece : pieces(text)) {
      tokens.add(
          new TimedToken(piece, tokens.isEmpty() ? FIRST_AFTER_MILLIS : pause(tokens, piece)));
    }
    return tokens;
  }

  static List<String> pieces(String text) {
    return PIECE.matcher(text).results().map(MatchResult::group).toList();
  }

  private static int pause(List<TimedToken> before, String piece) {
    int jitter = Math.floorMod(31 * before.size() + piece.hashCode(), SPREAD_MILLIS);
    return FASTEST_MILLIS + jitter;
  }
}

package io.agentstream.examples.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds tokens that are easy to guess. It cannot recognise that a token is random, only that it is
 * not. Tokens of {@code openssl rand} pass, even with 16 hexadecimal digits, the minimum length.
 */
final class TokenStrength {

  static final String REMEDY = "make one with: openssl rand -hex 32";

  private static final int SHORTEST = 16;

  /** Only one in ten thousand tokens of 16 random hexadecimal digits has fewer. */
  private static final int FEWEST_DIFFERENT = 6;

  /** No word consists of hexadecimal digits, and none is shorter than four characters. */
  private static final List<String> FAVOURITES =
      List.of(
          "correcthorsebatterystaple",
          "agentstream",
          "password",
          "passwort",
          "changeme",
          "change-me",
          "iloveyou",
          "letmein",
          "welcome",
          "replace",
          "example",
          "default",
          "qwerty",
          "qwertz",
          "secret",
          "token",
          "admin",
          "super",
          "hello",
          "login",
          "insert",
          "change",
          "your",
          "this",
          "here",
          "test",
          "demo",
          "root",
          "user",
          "pass",
          // Rows and columns of a keyboard
          "uiop",
          "asdf",
          "ghjk",
          "zxcv",
          "yxcv",
          "1q2w",
          "3e4r",
          "5t6y",
          "7u8i",
          "1qaz",
          "2wsx",
          "4rfv");

  private TokenStrength() {}

  /** Returns the problem, to follow "the token", or null. It does not quote the token. */
  static @Nullable String weaknessOf(String token) {
    if (token.length() < SHORTEST) {
      return "must have " + SHORTEST + " characters or more";
    }
    if (token.chars().distinct().count() < FEWEST_DIFFERENT) {
      return "has fewer than " + FEWEST_DIFFERENT + " different characters";
    }
    if (repeatsItself(token)) {
      return "is a shorter text repeated";
    }
    if (steps(token) * 2 > token.length()) {
      return "is mostly a sequence such as 12345678";
    }
    return isMostlyFavourites(token) ? "is mostly words that everybody tries first" : null;
  }

  private static boolean repeatsItself(String token) {
    for (int period = 1; period <= token.length() / 2; period++) {
      if (token.substring(period).equals(token.substring(0, token.length() - period))) {
        return true;
      }
    }
    return false;
  }

  /** Counts the characters that repeat the previous one or continue a sequence with it. */
  private static int steps(String token) {
    int steps = 0;
    for (int i = 2; i < token.length(); i++) {
      int step = token.charAt(i) - token.charAt(i - 1);
      if (Math.abs(step) <= 1 && step == token.charAt(i - 1) - token.charAt(i - 2)) {
        steps++;
      }
    }
    return steps;
  }

  private static boolean isMostlyFavourites(String token) {
    String rest = withoutFavourites(token.toLowerCase(Locale.ROOT));
    String spelt = rest.replace('@', 'a').replace('0', 'o').replace('3', 'e').replace('$', 's');
    return withoutFavourites(spelt).length() * 2 < token.length();
  }

  private static String withoutFavourites(String text) {
    String rest = text;
    for (String favourite : FAVOURITES) {
      rest = rest.replace(favourite, "");
    }
    return rest;
  }
}

package io.agentstream.jdbc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Brings texts into a form that every database takes. */
final class Texts {

  private static final char REPLACEMENT = '\uFFFD';

  private Texts() {}

  /** Replaces what PostgreSQL has no place for: the character 0 and halves of surrogate pairs. */
  static String plain(String text) {
    int broken = firstBroken(text, 0);
    if (broken < 0) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text);
    for (; broken >= 0; broken = firstBroken(text, broken + 1)) {
      clean.setCharAt(broken, REPLACEMENT);
    }
    return clean.toString();
  }

  /** Escapes the same in a JSON document, where it can stand in strings only. */
  static String json(String document) {
    int broken = firstBroken(document, 0);
    if (broken < 0) {
      return document;
    }
    StringBuilder clean = new StringBuilder(document.length() + 16);
    int copied = 0;
    for (; broken >= 0; broken = firstBroken(document, broken + 1)) {
      clean.append(document, copied, broken);
      clean
          .append("\\u")
          .append(HexFormat.of().withUpperCase().toHexDigits(document.charAt(broken)));
      copied = broken + 1;
    }
    return clean.append(document, copied, document.length()).toString();
  }

  private static int firstBroken(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        return i;
      }
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /** Returns a short key for a text of any length. */
  static String key(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}

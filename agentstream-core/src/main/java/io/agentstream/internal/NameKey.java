package io.agentstream.internal;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Normalises names, so that spellings that models and people consider equal compare equal: see
 * {@link #of}.
 */
public final class NameKey {

  private NameKey() {}

  /**
   * Returns the same text for names that differ only in case or in Unicode's encoding of the same
   * characters.
   */
  public static String of(String name) {
    return withoutCase(normal(name));
  }

  /** Returns the text in Unicode's form NFKC, in which equivalent characters are equal. */
  public static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  /** Returns the text without differences in case. */
  public static String withoutCase(String text) {
    // Converts to both cases, because some letters are equal in only one case.
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}

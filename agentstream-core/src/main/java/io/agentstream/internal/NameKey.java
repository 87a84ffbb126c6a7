package io.agentstream.internal;

import java.text.Normalizer;
import java.util.Locale;

/** Names as models and people take them for the same: see {@link #of}. */
public final class NameKey {

  private NameKey() {}

  /**
   * Returns the same text for names that differ only in upper and lower case, or in how Unicode
   * writes the same characters.
   */
  public static String of(String name) {
    return withoutCase(normal(name));
  }

  /** Returns the text in Unicode's form NFKC, where what looks the same is the same. */
  public static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  /** Returns the text without the difference between upper and lower case. */
  public static String withoutCase(String text) {
    // Both ways: there are letters that are alike in one case only.
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}

package io.agentstream.teams.internal;

import io.agentstream.internal.NearMatch;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Words the reason for a text that is none of those that are known. It quotes the text only if it
 * is nearly a known one: any other may be a secret in the wrong place.
 */
public final class Unknown {

  private static final int LONGEST = 100;

  private Unknown() {}

  /**
   * Returns the reason.
   *
   * @param what the noun for what is missing, such as model
   */
  public static String of(String what, String found, Collection<String> known) {
    return reason(what + " ", "such " + what, found, known, "known: ");
  }

  /** Returns the reason for a word of the format. */
  static String word(String found, Collection<String> known) {
    return reason("", "such word", found, known, "known here: ");
  }

  /** Returns true if a key is a known one or nearly so. */
  static boolean isNear(String key, Collection<String> known) {
    return known.contains(key) || nearest(key, known) != null;
  }

  private static String reason(
      String before, String such, String found, Collection<String> known, String label) {
    String meant = nearest(found, known);
    return "there is no "
        + (meant == null ? such : before + "'" + found + "'; did you mean '" + meant + "'?")
        + " ("
        + label
        + (known.isEmpty() ? "none" : String.join(", ", known))
        + ")";
  }

  private static @Nullable String nearest(String found, Collection<String> known) {
    return found.isBlank() || found.length() > LONGEST ? null : NearMatch.of(found, known);
  }
}

package io.agentstream.internal;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Suggests a known name for an unknown one. */
public final class NearMatch {

  private static final int MOST_EDITS = 2;
  private static final int CHARS_FOR_AN_EDIT = 4;
  private static final int LONGEST = 200;

  private NearMatch() {}

  /**
   * Returns the most similar known name, or the only one that contains the given name; null if none
   * is similar.
   */
  public static @Nullable String of(String name, Collection<String> known) {
    if (name.length() > LONGEST) {
      return null;
    }
    String closest = null;
    int most = Math.max(MOST_EDITS, name.length() / CHARS_FOR_AN_EDIT);
    int fewest = Math.min(most, name.length() / 2) + 1;
    for (String candidate : known) {
      int edits = distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (edits < fewest) {
        fewest = edits;
        closest = candidate;
      }
    }
    return closest != null ? closest : onlyOneWith(name, known);
  }

  private static @Nullable String onlyOneWith(String name, Collection<String> known) {
    List<String> longer = known.stream().filter(candidate -> candidate.contains(name)).toList();
    return longer.size() == 1 ? longer.get(0) : null;
  }

  /** Counts letters in another order as one edit. */
  private static int distance(String a, String b) {
    boolean sameLetters =
        a.length() == b.length()
            && Arrays.equals(a.chars().sorted().toArray(), b.chars().sorted().toArray());
    return sameLetters && !a.equals(b) ? 1 : edits(a, b);
  }

  /** Returns the Levenshtein distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}

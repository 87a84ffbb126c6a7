package io.agentstream.examples.config;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Suggests a known name for an unknown one. */
final class NearMatch {

  private static final int MOST_EDITS = 2;

  private NearMatch() {}

  /**
   * Returns the most similar known name, or the only one that contains the given name; null if none
   * is similar.
   */
  static @Nullable String of(String name, Collection<String> known) {
    String closest = null;
    int fewest = Math.min(MOST_EDITS, name.length() / 2) + 1;
    for (String candidate : known) {
      int edits = edits(name, candidate);
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

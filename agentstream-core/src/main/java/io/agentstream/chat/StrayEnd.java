package io.agentstream.chat;

import org.jspecify.annotations.Nullable;

/**
 * Distinguishes the end of a thought whose beginning is in the prompt from a text about such a
 * mark.
 */
final class StrayEnd {

  private StrayEnd() {}

  /**
   * Returns whether an end without a beginning is one; null if that cannot be said yet.
   *
   * @param before the character before it
   * @param held begins with the mark
   * @param length the mark's length
   * @param last true if no text follows
   */
  static @Nullable Boolean endsThought(char before, CharSequence held, int length, boolean last) {
    if ("\"'`(“‘«「『".indexOf(before) >= 0) {
      return false;
    }
    int next = length;
    while (next < held.length() && (held.charAt(next) == ' ' || held.charAt(next) == '\t')) {
      next++;
    }
    if (next == held.length()) {
      return last ? (Boolean) (before != ' ') : null;
    }
    char after = held.charAt(next);
    boolean apart = before == ' ' && next > length;
    return !(before == ' ' && ".,;:!?)".indexOf(after) >= 0)
        && !(apart && Character.isLowerCase(after));
  }
}

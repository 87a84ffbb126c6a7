package io.agentstream.internal;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes a person's name safe to stand before a message: see {@link #clean}. A name can neither
 * break a line, nor change the direction of the text, nor end at a colon of its own.
 */
public final class PersonName {

  /** The maximum length of a name, in UTF-16 code units. */
  public static final int MAX_LENGTH = 64;

  /** Names that stand for somebody else in a prompt. */
  private static final List<String> ROLES =
      List.of(
          "user",
          "system",
          "assistant",
          "tool",
          "developer",
          "function",
          "agent",
          "model",
          "系统",
          "助手",
          "用户");

  /** Marks the name of a person that could be taken for another one's. */
  public static final String PERSON = " (person)";

  /** The most combining marks in a row; living scripts need no more. */
  private static final int MOST_MARKS = 3;

  private static final String COLONS = ":：﹕︓꞉∶ː˸։܃܄፡፥᛬⁚";

  /** Letters that a font shows as nothing. */
  private static final String BLANK_LETTERS = "\u115F\u1160\u3164\uFFA0\u2800";

  private PersonName() {}

  /**
   * Returns the name in Unicode's form NFKC, in one line without colons, invisible characters and
   * surplus spaces; null if nothing remains. A longer name than {@value #MAX_LENGTH} is cut.
   */
  public static @Nullable String clean(String name) {
    StringBuilder kept = new StringBuilder();
    // Cut before too, because normalising multiplies some characters.
    NameKey.normal(PlainText.cut(name, MAX_LENGTH * 4))
        .codePoints()
        .forEach(point -> append(kept, point));
    String line = kept.toString().strip();
    String cut = PlainText.cut(line, MAX_LENGTH).strip();
    return cut.isEmpty() ? null : cut;
  }

  private static void append(StringBuilder kept, int point) {
    if (isSpace(point)) {
      if (!kept.isEmpty() && kept.charAt(kept.length() - 1) != ' ') {
        kept.append(' ');
      }
    } else if (isVisible(point) && !(isMark(point) && endsWithMarks(kept))) {
      kept.appendCodePoint(point);
    }
  }

  private static boolean isSpace(int point) {
    return Character.isWhitespace(point)
        || Character.isSpaceChar(point)
        || Character.isISOControl(point)
        || COLONS.indexOf(point) >= 0
        || BLANK_LETTERS.indexOf(point) >= 0;
  }

  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  /** Returns true if there is nothing that one more mark could belong to. */
  private static boolean endsWithMarks(StringBuilder kept) {
    int marks = 0;
    int end = kept.length();
    while (end > 0 && isMark(kept.codePointBefore(end))) {
      end -= Character.charCount(kept.codePointBefore(end));
      marks++;
    }
    return end == 0 || marks >= MOST_MARKS;
  }

  /**
   * Returns true if a reader could take the name for one of the others: it looks the same, begins
   * with it as a word, or mixes the letters of several alphabets, which no honest name does.
   */
  public static boolean looksLikeOneOf(String name, List<String> others) {
    if (LookAlikes.mixesAlphabets(name)) {
      return true;
    }
    String looks = LookAlikes.skeleton(name);
    List<String> words = words(name);
    Predicate<String> alike =
        other -> {
          List<String> start = words(other);
          boolean begins =
              !start.isEmpty()
                  && words.size() >= start.size()
                  && words.subList(0, start.size()).equals(start);
          return begins || looks.equals(LookAlikes.skeleton(other));
        };
    return others.stream().anyMatch(alike);
  }

  /**
   * Returns the name, marked as a person's if it could be taken for one of these agents' or for the
   * system's. A name that has the mark stays as it is.
   */
  public static String asPerson(String name, List<String> agents) {
    boolean alike = looksLikeOneOf(name, agents) || looksLikeOneOf(name, ROLES);
    return alike && !name.endsWith(PERSON) ? name + PERSON : name;
  }

  /** Returns true if a reader could take one name for the other, because they look the same. */
  public static boolean looksLike(String name, String other) {
    return LookAlikes.skeleton(name).equals(LookAlikes.skeleton(other));
  }

  private static List<String> words(String name) {
    return Arrays.stream(name.split("[^\\p{L}\\p{M}\\p{N}]+", -1))
        .map(LookAlikes::skeleton)
        .filter(word -> !word.isEmpty())
        .toList();
  }
}

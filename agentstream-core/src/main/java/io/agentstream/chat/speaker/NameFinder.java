package io.agentstream.chat.speaker;

import io.agentstream.internal.NameKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds names in a model's answer. As in AutoGen's {@code SelectorGroupChat}, a name counts if it
 * stands at word boundaries, and an underscore may also be a space or follow a backslash. The first
 * search is case-sensitive; if it finds no name, a second one ignores case. Texts are compared in
 * Unicode's form NFKC.
 *
 * <p>Unlike in AutoGen, in scripts without spaces between words, or with particles directly after a
 * name, every position is a word boundary, so 李华 is found in 请李华发言. If names contain each other,
 * the longest match counts, so "Ann Lee" does not name Ann. No character has a special meaning.
 */
final class NameFinder {

  private static final Set<Character.UnicodeScript> WITHOUT_SPACES =
      EnumSet.of(
          Character.UnicodeScript.HAN,
          Character.UnicodeScript.HIRAGANA,
          Character.UnicodeScript.KATAKANA,
          Character.UnicodeScript.BOPOMOFO,
          Character.UnicodeScript.HANGUL,
          Character.UnicodeScript.THAI,
          Character.UnicodeScript.LAO,
          Character.UnicodeScript.KHMER,
          Character.UnicodeScript.MYANMAR,
          Character.UnicodeScript.TIBETAN);

  private static final Pattern DECORATION = Pattern.compile("[\\p{P}\\p{S}\\s]*");

  /** Names by their spellings, longest first. */
  private final List<Map.Entry<String, String>> exact;

  /** The same in lower case, without names that become equal. */
  private final List<Map.Entry<String, String>> folded;

  NameFinder(Collection<String> names) {
    Map<String, String> all = new LinkedHashMap<>();
    names.forEach(name -> all.put(NameKey.normal(name), name));
    // The exact name of one participant is not a variant of another's.
    names.forEach(name -> all.putIfAbsent(NameKey.normal(name).replace('_', ' '), name));
    names.forEach(name -> all.putIfAbsent(NameKey.normal(name).replace("_", "\\_"), name));
    exact = longestFirst(all);
    folded = longestFirst(withoutCase(all));
  }

  private static Map<String, String> withoutCase(Map<String, String> spellings) {
    Map<String, String> folded = new LinkedHashMap<>();
    Set<String> doubtful = new HashSet<>();
    spellings.forEach(
        (spelling, name) -> {
          String before = folded.put(NameKey.withoutCase(spelling), name);
          if (before != null && !before.equals(name)) {
            doubtful.add(NameKey.withoutCase(spelling));
          }
        });
    folded.keySet().removeAll(doubtful);
    return folded;
  }

  private static List<Map.Entry<String, String>> longestFirst(Map<String, String> spellings) {
    Comparator<Map.Entry<String, String>> byLength =
        Comparator.comparingInt(spelling -> spelling.getKey().length());
    return spellings.entrySet().stream().sorted(byLength.reversed()).toList();
  }

  /** Returns the participants whose names occur in the text, in the order of first occurrence. */
  Set<String> find(String text) {
    String normal = NameKey.normal(text);
    Set<String> found = find(normal, exact);
    return found.isEmpty() ? find(NameKey.withoutCase(normal), folded) : found;
  }

  /**
   * Returns the participant whose name is the whole line, ignoring punctuation around it; otherwise
   * empty.
   */
  Optional<String> nameAlone(String line) {
    Set<String> found = find(line);
    if (found.size() != 1) {
      return Optional.empty();
    }
    String name = found.iterator().next();
    String key = NameKey.of(line);
    int place = key.indexOf(NameKey.of(name));
    return place >= 0
            && DECORATION.matcher(key.substring(0, place)).matches()
            && DECORATION.matcher(key.substring(place + NameKey.of(name).length())).matches()
        ? Optional.of(name)
        : Optional.empty();
  }

  private static Set<String> find(String text, List<Map.Entry<String, String>> spellings) {
    Set<String> found = new LinkedHashSet<>();
    int place = 0;
    while (place < text.length()) {
      place += findAt(place, text, spellings, found);
    }
    return found;
  }

  /** Returns how far to continue from this position. */
  private static int findAt(
      int place, String text, List<Map.Entry<String, String>> spellings, Set<String> found) {
    for (Map.Entry<String, String> spelling : spellings) {
      int end = place + spelling.getKey().length();
      if (text.startsWith(spelling.getKey(), place) && isEdge(text, place) && isEdge(text, end)) {
        found.add(spelling.getValue());
        return end - place;
      }
    }
    return 1;
  }

  private static boolean isEdge(String text, int place) {
    return place == 0
        || place == text.length()
        || !isInWord(text.codePointBefore(place))
        || !isInWord(text.codePointAt(place))
        || isEmphasis(text, place);
  }

  /** Underscores with a word on only one side are Markdown, not a part of the word. */
  private static boolean isEmphasis(String text, int place) {
    int start = place;
    while (start > 0 && text.charAt(start - 1) == '_') {
      start--;
    }
    int end = place;
    while (end < text.length() && text.charAt(end) == '_') {
      end++;
    }
    boolean wordBefore = start > 0 && isInWord(text.codePointBefore(start));
    boolean wordAfter = end < text.length() && isInWord(text.codePointAt(end));
    return start < end && !(wordBefore && wordAfter);
  }

  private static boolean isInWord(int character) {
    return (Character.isLetterOrDigit(character) || character == '_' || isMark(character))
        && !WITHOUT_SPACES.contains(Character.UnicodeScript.of(character));
  }

  private static boolean isMark(int character) {
    int type = Character.getType(character);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }
}

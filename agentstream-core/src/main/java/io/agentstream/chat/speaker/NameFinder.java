package io.agentstream.chat.speaker;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds names in what a model answered. As in AutoGen's {@code SelectorGroupChat} a name counts
 * where no word goes on before or after it, upper and lower case matter, and an underscore may also
 * be a space, or have a backslash before it.
 *
 * <p>Different from there: in scripts that set no spaces between words, or particles right after a
 * name, every place is a word's edge, so 李华 is found in 请李华发言; and of names that contain each
 * other, the longest one that stands at a place counts there, so "Ann Lee" does not name Ann. No
 * character has a special meaning.
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

  /** Names by the ways to write them, the longest first. */
  private final List<Map.Entry<String, String>> spellings;

  NameFinder(Collection<String> names) {
    Map<String, String> all = new LinkedHashMap<>();
    names.forEach(name -> all.put(name, name));
    // What one is called exactly is not another's variant.
    names.forEach(name -> all.putIfAbsent(name.replace('_', ' '), name));
    names.forEach(name -> all.putIfAbsent(name.replace("_", "\\_"), name));
    Comparator<Map.Entry<String, String>> byLength =
        Comparator.comparingInt(spelling -> spelling.getKey().length());
    spellings = all.entrySet().stream().sorted(byLength.reversed()).toList();
  }

  /** Whose names stand in the text, in the order of their first places. */
  Set<String> find(String text) {
    Set<String> found = new LinkedHashSet<>();
    int place = 0;
    while (place < text.length()) {
      place += findAt(place, text, found);
    }
    return found;
  }

  /** How far to go on from this place. */
  private int findAt(int place, String text, Set<String> found) {
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
        || !isInWord(text.codePointAt(place));
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

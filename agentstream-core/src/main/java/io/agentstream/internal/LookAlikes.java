package io.agentstream.internal;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Compares names by how they look. */
final class LookAlikes {

  /** Letters of other alphabets, and digits, that look like the Latin letters below them. */
  private static final String[][] SAME = {
    {"аα", "a"},
    {"АΑ", "a"},
    {"вВΒ", "b"},
    {"сϲСϹ", "c"},
    {"ԁ", "d"},
    {"еЕΕєε", "e"},
    {"ɡց", "g"},
    {"нНΗһҺհ", "h"},
    {"іІΙιӏӀıi1|l!ⅼ", "l"},
    {"јЈј", "j"},
    {"кКΚκ", "k"},
    {"мМΜ", "m"},
    {"пηռ", "n"},
    {"Ν", "n"},
    {"оОΟοσօՕ0ᴏ", "o"},
    {"рРΡρ", "p"},
    {"ԛ", "q"},
    {"гᴦ", "r"},
    {"ѕЅՏ", "s"},
    {"тТΤτᴛ", "t"},
    {"υսᴜ", "u"},
    {"νѵᴠ", "v"},
    {"ԝωᴡ", "w"},
    {"хХΧχ", "x"},
    {"уУΥγү", "y"},
    {"Ζ", "z"},
    {"ß", "ss"},
    {"ø", "o"},
    {"ł", "l"},
    {"đ", "d"}
  };

  private static final Map<Integer, String> LATIN = new HashMap<>();

  /** Scripts whose letters share a word with other scripts' letters in honest names. */
  private static final Set<UnicodeScript> MIXED =
      EnumSet.of(
          UnicodeScript.COMMON,
          UnicodeScript.INHERITED,
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO);

  static {
    for (String[] pair : SAME) {
      pair[0].codePoints().forEach(point -> LATIN.put(point, pair[1]));
    }
  }

  private LookAlikes() {}

  /** Returns the same text for names that look alike: without case, marks, spaces and signs. */
  static String skeleton(String name) {
    String bare = Normalizer.normalize(NameKey.normal(name), Normalizer.Form.NFD);
    StringBuilder latin = new StringBuilder();
    bare.codePoints()
        .forEach(
            point -> {
              String same = LATIN.get(point);
              if (same != null) {
                latin.append(same);
              } else if (Character.isLetterOrDigit(point)) {
                latin.appendCodePoint(point);
              }
            });
    StringBuilder folded = new StringBuilder();
    // Once more, because some letters look alike in only one case.
    NameKey.withoutCase(latin.toString())
        .codePoints()
        .forEach(point -> folded.append(LATIN.getOrDefault(point, Character.toString(point))));
    return folded.toString().replace("rn", "m").replace("vv", "w");
  }

  /** Returns true if a word of the name has letters of several alphabets. */
  static boolean mixesAlphabets(String name) {
    for (String word : name.split("[^\\p{L}\\p{M}\\p{N}]+", -1)) {
      Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
      word.codePoints()
          .filter(Character::isLetter)
          .mapToObj(UnicodeScript::of)
          .forEach(scripts::add);
      scripts.removeAll(MIXED);
      if (scripts.size() > 1) {
        return true;
      }
    }
    return false;
  }
}

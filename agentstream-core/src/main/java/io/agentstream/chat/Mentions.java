package io.agentstream.chat;

import io.agentstream.internal.NameKey;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the names after an {@code @} in a text. If a name begins with another name, the longer one
 * counts. A name may have spaces. In a script that separates words by spaces, the word must end
 * where the name ends; in other scripts, such as Chinese, a letter may follow.
 */
final class Mentions {

  private Mentions() {}

  /** Returns the names that are mentioned, each once, in the order of the text. */
  static List<String> in(String text, List<String> names) {
    if (text.indexOf('@') < 0 && text.indexOf('＠') < 0) {
      return List.of();
    }
    List<String> longestFirst = new ArrayList<>(names);
    longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    String whole = Normalizer.normalize(text, Normalizer.Form.NFC);
    Set<String> found = new LinkedHashSet<>();
    for (int at = 0; at < whole.length(); at++) {
      if (isSign(whole, at)) {
        for (String name : longestFirst) {
          if (isNamed(whole, at + 1, name)) {
            found.add(name);
            break;
          }
        }
      }
    }
    return List.copyOf(found);
  }

  /**
   * Returns true for a sign that begins a mention; an address such as {@code ann@example.org} has
   * none.
   */
  private static boolean isSign(String text, int at) {
    char sign = text.charAt(at);
    return (sign == '@' || sign == '＠') && (at == 0 || !isWord(text.codePointBefore(at)));
  }

  private static boolean isNamed(String text, int from, String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFC);
    int to = from + plain.length();
    return to <= text.length()
        && NameKey.of(text.substring(from, to)).equals(NameKey.of(plain))
        && (to == text.length()
            || !isWord(plain.codePointBefore(plain.length()))
            || !isWord(text.codePointAt(to)));
  }

  /** Returns true for a letter or digit of a script that separates words by spaces. */
  private static boolean isWord(int point) {
    return Character.isLetterOrDigit(point)
        && switch (UnicodeScript.of(point)) {
          case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, THAI, LAO, KHMER, MYANMAR -> false;
          default -> true;
        };
  }
}

package io.agentstream.http.openai;

import java.util.ArrayList;
import java.util.List;

/**
 * The name before a message of one of several speakers: {@code **Ann:** } in Markdown, after a
 * character that nobody sees. A client sends the text back as history, and there the character says
 * where another speaker begins. No speaker can write it, so none can speak in another's name.
 */
final class SpeakerMark {

  /** Unicode's invisible separator. */
  private static final String SIGN = "\u2063";

  private static final String BOLD = "**";
  private static final String AFTER = ":** ";

  private SpeakerMark() {}

  /** Returns the mark of a speaker. */
  static String of(String name) {
    return SIGN + BOLD + name + AFTER;
  }

  /** Returns a sentence that no speaker says, in italics. */
  static String note(String sentence) {
    return SIGN + "*(" + stripped(sentence) + ")*";
  }

  /** Returns a speaker's text without the character that only a mark has. */
  static String stripped(String text) {
    return text.contains(SIGN) ? text.replace(SIGN, "") : text;
  }

  /**
   * A part of a text with marks.
   *
   * @param name the speaker's name; empty for text before the first mark
   */
  record Part(String name, String text) {}

  /** Returns the parts of a text, without blank ones. */
  static List<Part> split(String text) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    while (from >= 0) {
      int next = text.indexOf(SIGN, from);
      add(parts, next < 0 ? text.substring(from) : text.substring(from, next), from > 0);
      from = next < 0 ? next : next + SIGN.length();
    }
    return parts;
  }

  private static void add(List<Part> parts, String segment, boolean signed) {
    int end = signed && segment.startsWith(BOLD) ? segment.indexOf(AFTER) : -1;
    String name = end < 0 ? "" : segment.substring(BOLD.length(), end);
    String words = (end < 0 ? segment : segment.substring(end + AFTER.length())).strip();
    if (!words.isEmpty()) {
      parts.add(new Part(name, words));
    }
  }
}

package io.agentstream.http.openai;

import io.agentstream.event.NewMessage;
import io.agentstream.event.PastMessage;
import io.agentstream.internal.PlainText;
import java.util.ArrayList;
import java.util.List;

/** Takes a message in parts that are no longer than a topic may be: clients paste whole files. */
final class TopicParts {

  private TopicParts() {}

  /**
   * Returns the parts, none of them blank.
   *
   * @param text not blank
   * @param most the longest part, in UTF-16 code units
   */
  static List<String> of(String text, int most) {
    List<String> parts = new ArrayList<>();
    String rest = text;
    while (rest.length() > most) {
      String part = PlainText.cut(rest, most);
      int line = part.lastIndexOf('\n');
      if (line > most / 2) {
        part = part.substring(0, line + 1);
      }
      rest = rest.substring(part.length());
      add(part, parts);
    }
    add(rest, parts);
    return parts;
  }

  private static void add(String part, List<String> parts) {
    if (!part.isBlank()) {
      parts.add(part);
    }
  }

  /** Returns a part as a message of the past. */
  static PastMessage past(String part) {
    return new PastMessage(NewMessage.Role.USER, NewMessage.USER, part);
  }
}

package io.agentstream.chat.speaker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object in a model's answer, possibly inside a code fence or text. If a value
 * is an object with an {@code answer}, as AutoGen's prompts request, the answer counts as the
 * value. Lenient: unreadable parts are skipped.
 */
final class JsonFields {

  private final String text;
  private final Map<String, String> fields = new HashMap<>();
  private final Deque<String> around = new ArrayDeque<>();
  private @Nullable String key;
  private int place;

  private JsonFields(String text) {
    this.text = text;
  }

  /** Returns the first value of each field, by its name in lower case. */
  static Map<String, String> of(String answer) {
    int start = answer.indexOf('{');
    return start < 0 ? Map.of() : new JsonFields(answer.substring(start)).read();
  }

  private Map<String, String> read() {
    while (place < text.length()) {
      char c = text.charAt(place);
      if (c == '"') {
        string();
      } else if (Character.isLetterOrDigit(c)) {
        word();
      } else {
        structure(c);
        place++;
      }
    }
    return fields;
  }

  private void structure(char c) {
    if (c == '{') {
      around.push(key == null ? "" : key);
      key = null;
    } else if (c == '}' && !around.isEmpty()) {
      around.pop();
      key = null;
    } else if (c == ',') {
      key = null;
    }
  }

  private void string() {
    StringBuilder value = new StringBuilder();
    place++;
    while (place < text.length() && text.charAt(place) != '"') {
      char c = text.charAt(place++);
      if (c == '\\' && place < text.length()) {
        char escaped = text.charAt(place++);
        value.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped);
      } else {
        value.append(c);
      }
    }
    place++;
    take(value.toString());
  }

  private void word() {
    int start = place;
    while (place < text.length() && Character.isLetterOrDigit(text.charAt(place))) {
      place++;
    }
    take(text.substring(start, place));
  }

  private void take(String value) {
    int next = place;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    if (next < text.length() && text.charAt(next) == ':' && key == null) {
      key = value.toLowerCase(Locale.ROOT);
      place = next + 1;
    } else if (key != null) {
      String outer = around.peek();
      String name = key.equals("answer") && outer != null && !outer.isEmpty() ? outer : key;
      fields.putIfAbsent(name, value);
      key = null;
    }
  }
}

package io.agentstream.examples.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Words what the JSON library reports, without the text of the file that it quotes. */
final class JsonMistake {

  /** The begin of the library's reason, and ours. The first that fits is taken. */
  private static final Map<String, String> REASONS = reasons();

  private JsonMistake() {}

  private static Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    reasons.put("Unexpected end-of-input", "a bracket or a quote is not closed");
    reasons.put("Trailing token", "more stands after the end of the object");
    reasons.put("Duplicate field", "a key stands twice; keep one of them");
    reasons.put("Unrecognized token", "a text has no double quotes");
    reasons.put("Illegal unquoted character", "a text holds a line break or a control character");
    reasons.put("Unrecognized character escape", "a text has a backslash that escapes nothing");
    return reasons;
  }

  /** Returns the reason in our words. */
  static String reason(String problem) {
    for (Map.Entry<String, String> each : REASONS.entrySet()) {
      if (problem.startsWith(each.getKey())) {
        return each.getValue();
      }
    }
    return "look at the quotes, the commas and the brackets here";
  }
}

package io.agentstream.teams.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/** Words what the YAML library reports, without the text of the file that it quotes. */
final class YamlMistake {

  /** The begin of the library's reason, and ours. The first that fits is taken. */
  private static final Map<String, String> REASONS = reasons();

  private YamlMistake() {}

  private static Map<String, String> reasons() {
    Map<String, String> reasons = new LinkedHashMap<>();
    reasons.put(
        "found undefined alias",
        "an alias has no anchor; write a text that begins with * in quotes");
    reasons.put(
        "mapping values are not allowed",
        "mapping values are not allowed here; write a text with ': ' in it in quotes, and indent"
            + " keys of one object alike");
    reasons.put(
        "sequence entries are not allowed",
        "an element of a list is not allowed here; begin the list on a line of its own");
    reasons.put(
        "could not find expected ':'", "a key has no ': ' and no value, or is not indented alike");
    reasons.put("expected ',' or ']'", "a list has no ']' at its end, or lacks a comma");
    reasons.put("expected ',' or '}'", "an object has no '}' at its end, or lacks a comma");
    reasons.put(
        "expected <block end>",
        "a key or an element is not indented like the others, or a text needs quotes");
    reasons.put(
        "found character",
        "a text begins with a character that YAML reserves; write it in quotes, and indent with"
            + " spaces");
    reasons.put("found unexpected end of stream", "a text has no quote at its end");
    reasons.put("found unexpected document separator", "a text has no quote at its end");
    reasons.put("but found another document", "the file holds two documents; take '---' out");
    reasons.put(
        "found unknown escape character",
        "a text in double quotes has a backslash that escapes nothing; write two backslashes");
    reasons.put(
        "expected escape sequence",
        "a text in double quotes has an escape with too few hexadecimal digits");
    reasons.put("found undefined tag handle", "a tag is unknown; leave out '!'");
    reasons.put(
        "expected alphabetic or numeric",
        "an anchor or an alias has no name; write a text that begins with & or * in quotes");
    reasons.put(
        "unexpected character found",
        "the name of an anchor or an alias has a wrong character; write a text that begins with &"
            + " or * in quotes");
    reasons.put("expected the node content", "a value is missing");
    return reasons;
  }

  /** Returns the reason in our words. */
  static String reason(String problem) {
    for (Map.Entry<String, String> each : REASONS.entrySet()) {
      if (problem.startsWith(each.getKey())) {
        return "is no YAML: " + each.getValue();
      }
    }
    return "is no YAML; look at the indentation, the quotes and the brackets here";
  }
}

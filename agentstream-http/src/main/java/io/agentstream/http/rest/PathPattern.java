package io.agentstream.http.rest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A path whose variable segments stand in braces.
 *
 * @param text for example {@code /conversations/{conversation_id}/stop}
 */
record PathPattern(String text) {

  /** Returns the variable segments if the path fits. */
  Optional<PathIds> match(String path) {
    String[] expected = text.split("/", -1);
    String[] given = path.split("/", -1);
    if (expected.length != given.length) {
      return Optional.empty();
    }
    Map<String, String> ids = new LinkedHashMap<>();
    for (int i = 0; i < given.length; i++) {
      if (isVariable(expected[i]) && !given[i].isBlank()) {
        ids.put(expected[i].substring(1, expected[i].length() - 1), given[i]);
      } else if (!expected[i].equals(given[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(new PathIds(ids));
  }

  private static boolean isVariable(String segment) {
    return segment.startsWith("{");
  }
}

package io.agentstream.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** Reads content that consists of parts, or of parts of parts, instead of one text. */
final class ContentParts {

  private static final int MOST_DEPTH = 4;
  private static final List<String> TEXTS =
      List.of(
          "text",
          "thinking",
          "reasoning",
          "content",
          "summary",
          "refusal",
          "parts",
          "value",
          "output_text");

  private ContentParts() {}

  /** Returns the parts: a list for a single part, and an empty list if it is none. */
  static List<JsonNode> alone(JsonNode part) {
    return part.isObject() ? List.of(part) : List.of();
  }

  static boolean isThinking(JsonNode part) {
    String type = part.path("type").asText("").toLowerCase(Locale.ROOT);
    return type.contains("thinking") || type.contains("reasoning") || type.contains("thought");
  }

  /** Returns the text of a part, of a list of parts, or of a text. */
  static String plain(JsonNode part) {
    return plain(part, 0);
  }

  private static String plain(JsonNode part, int depth) {
    if (part.isTextual()) {
      return part.textValue();
    }
    if (depth > MOST_DEPTH || !part.isContainerNode()) {
      return "";
    }
    if (part.isArray()) {
      StringBuilder all = new StringBuilder();
      part.forEach(element -> all.append(plain(element, depth + 1)));
      return all.toString();
    }
    return TEXTS.stream()
        .filter(part::hasNonNull)
        .findFirst()
        .map(name -> plain(part.get(name), depth + 1))
        .orElse("");
  }
}

package io.agentstream.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.upstream.LenientJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts streamed {@code reasoning_details} or {@code thinking_blocks} together. Pieces of one index
 * become one element; without indexes, a signature ends a block of thinking.
 */
final class ReasoningDetails {

  private static final List<String> TEXTS = List.of("text", "summary", "data", "thinking");

  private final ArrayNode all = LenientJson.MAPPER.createArrayNode();
  private int chars;

  void take(JsonNode pieces) {
    for (JsonNode piece : pieces) {
      if (piece instanceof ObjectNode object) {
        chars += object.toString().length();
        if (chars > AnswerLimits.THINKING_CHARS) {
          throw AnswerLimits.passed("its thinking", AnswerLimits.THINKING_CHARS + " characters");
        }
        add(object);
      }
    }
  }

  /** Returns the elements as a JSON array; null if none came. */
  @Nullable String json() {
    return all.isEmpty() ? null : all.toString();
  }

  private void add(ObjectNode piece) {
    JsonNode last = all.isEmpty() ? null : all.get(all.size() - 1);
    if (last instanceof ObjectNode open && continues(open, piece)) {
      piece
          .properties()
          .forEach(
              field -> {
                JsonNode before = open.get(field.getKey());
                boolean grows = TEXTS.contains(field.getKey()) && before != null;
                if (grows && before.isTextual() && field.getValue().isTextual()) {
                  open.put(field.getKey(), before.textValue() + field.getValue().textValue());
                } else if (before == null || says(field.getValue())) {
                  open.set(field.getKey(), field.getValue());
                }
              });
    } else {
      all.add(piece);
    }
  }

  private static boolean continues(ObjectNode open, ObjectNode piece) {
    if (!piece.path("type").equals(open.path("type"))) {
      return false;
    }
    boolean indexed = piece.has("index");
    return indexed
        ? piece.get("index").equals(open.get("index"))
        : open.path("thinking").isTextual() && !says(open.path("signature"));
  }

  private static boolean says(JsonNode value) {
    boolean blank = value.isTextual() && value.textValue().isEmpty();
    return !value.isNull() && !value.isMissingNode() && !blank;
  }
}

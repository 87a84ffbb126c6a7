package io.agentstream.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An answer in one piece, from a server that ignores {@code stream}. */
final class WholeAnswer {

  private WholeAnswer() {}

  static boolean is(JsonNode json) {
    return json.path("choices").path(0).path("message").isObject();
  }

  /** Returns the answer as the one chunk that it would have been. */
  static ObjectNode asChunk(JsonNode answer) {
    ObjectNode chunk = answer.deepCopy();
    chunk.put("object", "chat.completion.chunk");
    for (JsonNode choice : chunk.path("choices")) {
      JsonNode message = choice.path("message");
      if (choice instanceof ObjectNode open && message instanceof ObjectNode delta) {
        open.remove("message");
        open.set("delta", delta);
        if (delta.path("tool_calls") instanceof ArrayNode calls) {
          number(calls);
        }
        if (!open.path("finish_reason").isTextual()) {
          open.put("finish_reason", delta.path("tool_calls").isEmpty() ? "stop" : "tool_calls");
        }
      }
    }
    return chunk;
  }

  private static void number(ArrayNode calls) {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i) instanceof ObjectNode call && !call.has("index")) {
        call.put("index", i);
      }
    }
  }
}

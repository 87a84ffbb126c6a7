package io.agentstream.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An answer in one piece, from a server that ignores {@code stream}. */
final class WholeAnswer {

  private WholeAnswer() {}

  static boolean is(JsonNode json) {
    JsonNode choice = json.path("choices").path(0);
    return choice.path("message").isObject() && !choice.hasNonNull("delta");
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
        finish(open, delta);
      }
    }
    return chunk;
  }

  /** Adds the finish reason that an answer with text or tool calls lacks. */
  private static void finish(ObjectNode choice, ObjectNode delta) {
    boolean calls = !delta.path("tool_calls").isEmpty();
    boolean answers = calls || !delta.path("content").asText("").isEmpty();
    if (answers && !choice.path("finish_reason").isTextual()) {
      choice.put("finish_reason", calls ? "tool_calls" : "stop");
    }
  }

  private static void number(ArrayNode calls) {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i) instanceof ObjectNode call && !call.has("index")) {
        call.put("index", i);
      }
    }
  }
}

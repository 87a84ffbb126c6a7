package io.agentstream.examples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;

/** The server-sent events of one answer, as OpenAI writes them. */
final class Chunks {

  private static final JsonMapper JSON = new JsonMapper();

  static final ByteBuffer DONE = UTF_8.encode("data: [DONE]\n\n").asReadOnlyBuffer();

  private final String id;
  private final String model;
  private final long created;

  /**
   * @param created the start time of the answer, in seconds since 1970
   */
  Chunks(String id, String model, long created) {
    this.id = id;
    this.model = model;
    this.created = created;
  }

  ByteBuffer role() {
    ObjectNode chunk = chunk();
    choice(chunk).putObject("delta").put("role", "assistant").put("content", "");
    return event(chunk);
  }

  ByteBuffer text(String text) {
    ObjectNode chunk = chunk();
    choice(chunk).putObject("delta").put("content", text);
    return event(chunk);
  }

  ByteBuffer toolCall(ToolCall call) {
    ObjectNode chunk = chunk();
    ObjectNode delta = choice(chunk).putObject("delta").putArray("tool_calls").addObject();
    delta.put("index", 0).put("id", id + "-call").put("type", "function");
    delta.putObject("function").put("name", call.name()).put("arguments", call.arguments());
    return event(chunk);
  }

  ByteBuffer end(String finishReason) {
    ObjectNode chunk = chunk();
    ObjectNode choice = choice(chunk);
    choice.putObject("delta");
    choice.put("finish_reason", finishReason);
    return event(chunk);
  }

  ByteBuffer usage(int promptTokens, int completionTokens) {
    ObjectNode chunk = chunk();
    chunk.putArray("choices");
    chunk
        .putObject("usage")
        .put("prompt_tokens", promptTokens)
        .put("completion_tokens", completionTokens)
        .put("total_tokens", promptTokens + completionTokens);
    return event(chunk);
  }

  private ObjectNode chunk() {
    return JSON.createObjectNode()
        .put("id", id)
        .put("object", "chat.completion.chunk")
        .put("created", created)
        .put("model", model);
  }

  private static ObjectNode choice(ObjectNode chunk) {
    return chunk.putArray("choices").addObject().put("index", 0).putNull("finish_reason");
  }

  private static ByteBuffer event(ObjectNode chunk) {
    return UTF_8.encode("data: " + chunk + "\n\n");
  }
}

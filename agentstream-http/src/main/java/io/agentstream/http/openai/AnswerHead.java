package io.agentstream.http.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.event.Usage;

/**
 * The fields that are the same in all chunks of a completion.
 *
 * @param id the completion's id
 * @param model the model that the client has asked for
 * @param created when the completion began, in seconds since 1970
 */
record AnswerHead(String id, String model, long created) {

  /** Returns a new object with these fields. */
  ObjectNode object(String kind) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("id", id);
    object.put("object", kind);
    object.put("created", created);
    object.put("model", model);
    return object;
  }

  static ObjectNode usage(Usage usage) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("prompt_tokens", usage.inputTokens());
    object.put("completion_tokens", usage.outputTokens());
    object.put("total_tokens", usage.totalTokens());
    return object;
  }
}

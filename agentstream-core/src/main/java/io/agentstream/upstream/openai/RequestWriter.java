package io.agentstream.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import io.agentstream.upstream.LenientJson;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a request for a model server, without what the server is known to refuse. Immutable. */
final class RequestWriter {

  static final String MAX_TOKENS = "max_tokens";
  static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";

  private final String tokenLimit;
  private final boolean sendsThinking;
  private final ObjectNode parameters;

  /**
   * @param tokenLimit the name of the field for the maximum number of tokens in an answer
   * @param sendsThinking true if an answer's thinking is sent back during its tool rounds
   * @param parameters further fields of each request; a null removes a field
   */
  RequestWriter(String tokenLimit, boolean sendsThinking, ObjectNode parameters) {
    this.tokenLimit = tokenLimit;
    this.sendsThinking = sendsThinking;
    this.parameters = parameters.deepCopy();
  }

  ObjectNode write(ChatRequest request, Set<Quirk> quirks) {
    ObjectNode json = LenientJson.MAPPER.createObjectNode();
    json.put("model", request.modelName());
    boolean thinking = sendsThinking && !quirks.contains(Quirk.NO_THINKING_BACK);
    json.set("messages", new MessageWriter(thinking, quirks).write(request.messages()));
    json.put("stream", true);
    if (!quirks.contains(Quirk.NO_STREAM_OPTIONS)) {
      json.putObject("stream_options").put("include_usage", true);
    }
    sampling(json, request, quirks);
    tools(json, request);
    format(json, request.responseFormat());
    merge(json);
    return json;
  }

  private void sampling(ObjectNode json, ChatRequest request, Set<Quirk> quirks) {
    if (!quirks.contains(Quirk.NO_TEMPERATURE)) {
      put(json, "temperature", request.temperature());
    }
    String limit = tokenLimit(quirks);
    if (limit != null) {
      put(json, limit, request.maxOutputTokens());
    }
    put(json, "top_p", request.topP());
    put(json, "top_k", request.topK());
    put(json, "frequency_penalty", request.frequencyPenalty());
    put(json, "presence_penalty", request.presencePenalty());
    if (request.stopSequences() != null && !request.stopSequences().isEmpty()) {
      json.set("stop", LenientJson.MAPPER.valueToTree(request.stopSequences()));
    }
  }

  /** Returns the name for the token limit that the server accepts; null if it refuses both. */
  private @Nullable String tokenLimit(Set<Quirk> quirks) {
    boolean old = !quirks.contains(Quirk.NO_MAX_TOKENS);
    boolean modern = !quirks.contains(Quirk.NO_MAX_COMPLETION_TOKENS);
    if (old && modern) {
      return tokenLimit;
    }
    return old ? MAX_TOKENS : modern ? MAX_COMPLETION_TOKENS : null;
  }

  private static void put(ObjectNode json, String name, @Nullable Number value) {
    if (value != null) {
      json.set(name, LenientJson.MAPPER.valueToTree(value));
    }
  }

  private static void tools(ObjectNode json, ChatRequest request) {
    if (request.toolSpecifications() == null || request.toolSpecifications().isEmpty()) {
      return;
    }
    ArrayNode tools = json.putArray("tools");
    request.toolSpecifications().forEach(tool -> tool(tools.addObject(), tool));
    if (request.toolChoice() == ToolChoice.REQUIRED) {
      json.put("tool_choice", "required");
    } else if (request.toolChoice() == ToolChoice.NONE) {
      json.put("tool_choice", "none");
    }
  }

  private static void tool(ObjectNode json, ToolSpecification tool) {
    ObjectNode function = json.put("type", "function").putObject("function");
    function.put("name", tool.name());
    if (tool.description() != null) {
      function.put("description", tool.description());
    }
    Object parameters =
        tool.parameters() == null
            ? Map.of("type", "object", "properties", Map.of())
            : JsonSchemaElementUtils.toMap(tool.parameters());
    function.set("parameters", LenientJson.MAPPER.valueToTree(parameters));
  }

  private static void format(ObjectNode json, @Nullable ResponseFormat format) {
    if (format == null || format.type() != ResponseFormatType.JSON) {
      return;
    }
    JsonSchema schema = format.jsonSchema();
    if (schema == null) {
      json.putObject("response_format").put("type", "json_object");
      return;
    }
    ObjectNode described = json.putObject("response_format").put("type", "json_schema");
    described
        .putObject("json_schema")
        .put("name", schema.name())
        .set(
            "schema",
            LenientJson.MAPPER.valueToTree(JsonSchemaElementUtils.toMap(schema.rootElement())));
  }

  private void merge(ObjectNode json) {
    for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
      if (parameter.getValue().isNull()) {
        json.remove(parameter.getKey());
      } else {
        json.set(parameter.getKey(), parameter.getValue());
      }
    }
  }
}

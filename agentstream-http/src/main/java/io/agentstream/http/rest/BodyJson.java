package io.agentstream.http.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.event.ErrorCode;
import io.agentstream.internal.JacksonTypes;
import io.agentstream.wire.ProtocolException;

/** Reads bodies. */
final class BodyJson {

  /** As in commands: the data is one level below its command. */
  private static final int MAX_DEPTH = 15;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .typeFactory(JacksonTypes.own())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // Else a number that is too large would become one that is not JSON.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private BodyJson() {}

  /** Returns the object; a new one for an empty body. */
  static ObjectNode object(String body) throws ProtocolException {
    if (body.isEmpty()) {
      return JsonNodeFactory.instance.objectNode();
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new ProtocolException(ErrorCode.INVALID_JSON, "The body is not valid JSON.", null);
    }
    if (root instanceof ObjectNode object) {
      return object;
    }
    throw new ProtocolException(ErrorCode.INVALID_JSON, "The body must be one JSON object.", null);
  }

  /** Returns a whole number if the text is one, so that the decoder judges it as a number. */
  static JsonNode numberOrText(String text) {
    try {
      return JsonNodeFactory.instance.numberNode(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return JsonNodeFactory.instance.textNode(text);
    }
  }
}

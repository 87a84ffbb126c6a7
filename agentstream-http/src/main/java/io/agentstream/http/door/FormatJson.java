package io.agentstream.http.door;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.internal.JacksonTypes;
import java.util.Optional;

/** Reads the bodies of formats, whose documents may be deeper than commands. Thread-safe. */
public final class FormatJson {

  private static final int MAX_DEPTH = 100;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .typeFactory(JacksonTypes.own())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private FormatJson() {}

  /**
   * Returns the object that a body is; empty if it is another value, or nothing.
   *
   * @throws JsonProcessingException if it is no JSON, more than one value, or more than 100 levels
   *     deep
   */
  public static Optional<ObjectNode> object(String body) throws JsonProcessingException {
    JsonNode root = MAPPER.readTree(body);
    return root instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
  }
}

package io.agentstream.test.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The schema of the frames in one direction. An open schema accepts unknown fields and types, as
 * receivers do. A strict schema refuses them; it is for servers and clients that are built together
 * with the schema. Thread-safe.
 */
public final class FrameSchema {

  /** The location of the documents on the classpath. */
  public static final String FOLDER = "META-INF/agentstream/protocol/v1/";

  private static final String BASE = "agentstream:/v1/";
  private static final JsonMapper JSON = new JsonMapper();

  private final boolean strict;
  private final Map<String, Schema> byType = new HashMap<>();

  private FrameSchema(String file, boolean strict) {
    this.strict = strict;
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(iri -> iri.startsWith(BASE) ? text(iri) : null));
    for (JsonNode branch : parse(text(BASE + file)).get("allOf")) {
      String type = branch.at("/if/properties/type/const").textValue();
      byType.put(type, registry.getSchema(SchemaLocation.of(BASE + file + "#/$defs/" + type)));
    }
  }

  /** Returns the schema of a server's frames. */
  public static FrameSchema ofServer(boolean strict) {
    return new FrameSchema("server-frames.schema.json", strict);
  }

  /** Returns the schema of a server's frames on a connection without a subprotocol. */
  public static FrameSchema ofServerInOriginalDialect(boolean strict) {
    return new FrameSchema("original-frames.schema.json", strict);
  }

  /** Returns the schema of a client's frames. */
  public static FrameSchema ofClient(boolean strict) {
    return new FrameSchema("client-frames.schema.json", strict);
  }

  /** Returns the violations of a frame; empty if it is valid. */
  public List<String> problems(JsonNode frame) {
    Schema schema = byType.get(frame.path("type").asText());
    if (schema != null) {
      return schema.validate(frame).stream().map(Error::toString).toList();
    }
    return strict ? List.of("The schema knows no type " + frame.path("type")) : List.of();
  }

  /**
   * Returns a valid frame.
   *
   * @return {@code frame}
   * @throws AssertionError if it is invalid
   */
  public String check(String frame) {
    List<String> problems = problems(parse(frame));
    if (!problems.isEmpty()) {
      throw new AssertionError(frame + " is not as the schema says: " + problems);
    }
    return frame;
  }

  private String text(String iri) {
    String resource = "/" + FOLDER + iri.substring(BASE.length());
    try (InputStream in = FrameSchema.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("No " + resource + " on the classpath");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return strict
          ? text.replace("\"unevaluatedProperties\": true", "\"unevaluatedProperties\": false")
          : text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + json, e);
    }
  }
}

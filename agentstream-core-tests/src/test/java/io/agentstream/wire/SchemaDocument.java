package io.agentstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentstream.test.schema.FrameSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** One document of the published schema, with its references followed. */
record SchemaDocument(String file, JsonNode root) {

  private static final JsonMapper JSON = new JsonMapper();

  static SchemaDocument read(String file) {
    try (InputStream in =
        SchemaDocument.class.getResourceAsStream("/" + FrameSchema.FOLDER + file)) {
      assertThat(in).as("%s exists", file).isNotNull();
      return new SchemaDocument(file, JSON.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode def(String name) {
    JsonNode def = root.at("/$defs/" + name);
    assertThat(def.isMissingNode()).as("%s defines %s", file, name).isFalse();
    return def;
  }

  TreeSet<String> defs() {
    TreeSet<String> names = new TreeSet<>();
    root.get("$defs").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** The types that the document tells apart. */
  TreeSet<String> types() {
    TreeSet<String> types = new TreeSet<>();
    root.get("allOf")
        .forEach(branch -> types.add(branch.at("/if/properties/type/const").textValue()));
    return types;
  }

  /** A schema and what it refers to. */
  List<JsonNode> resolved(JsonNode schema) {
    List<JsonNode> parts = new ArrayList<>(List.of(schema));
    if (schema.has("$ref")) {
      parts.addAll(follow(schema.get("$ref").asText()));
    }
    return parts;
  }

  Map<String, JsonNode> properties(JsonNode schema) {
    Map<String, JsonNode> properties = new TreeMap<>();
    for (JsonNode part : resolved(schema)) {
      part.path("properties").properties().forEach(e -> properties.put(e.getKey(), e.getValue()));
    }
    return properties;
  }

  TreeSet<String> enumOf(JsonNode schema) {
    TreeSet<String> values = new TreeSet<>();
    resolved(schema).forEach(part -> part.path("enum").forEach(v -> values.add(v.asText())));
    return values;
  }

  private List<JsonNode> follow(String ref) {
    String[] parts = ref.split("#", 2);
    SchemaDocument document = parts[0].isEmpty() ? this : read(parts[0]);
    JsonNode target = document.root.at(parts[1]);
    assertThat(target.isMissingNode()).as("%s leads somewhere", ref).isFalse();
    return document.resolved(target);
  }
}

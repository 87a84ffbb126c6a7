package io.agentstream.teams.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentstream.internal.JacksonTypes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads and writes a whole document as a record. */
public final class Documents {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .typeFactory(JacksonTypes.own())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private static final JsonMapper LINE =
      JsonMapper.builder().typeFactory(JacksonTypes.own()).build();

  /** YAML, as which the text is read again, does not allow these as they are. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\x7f-\\x84\\x86-\\x9f\\uFEFF\\uFFFE\\uFFFF]");

  private Documents() {}

  /**
   * Reads a document.
   *
   * @return null if the report has a mistake
   */
  public static <T> @Nullable T read(Class<T> type, String text, Report report) {
    Node root = YamlText.read(text, report);
    if (root == null) {
      return null;
    }
    try {
      return Forms.of(type).read(new Spot(root, "", report));
    } catch (UnreadableException e) {
      return null;
    }
  }

  /** Returns the document as YAML. */
  public static <T> String yaml(Class<T> type, T value) {
    DumpSettings settings =
        DumpSettings.builder()
            .setSchema(new CoreSchema())
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setUseUnicodeEncoding(true)
            .setWidth(100)
            .setDereferenceAliases(true)
            .build();
    return new Dump(settings).dumpToString(Forms.of(type).write(value));
  }

  /** Returns the document as JSON. */
  public static <T> String json(Class<T> type, T value) {
    return json(Forms.of(type).write(value));
  }

  /** Returns the document as JSON on one line. */
  public static <T> String line(Class<T> type, T value) {
    return json(LINE, Forms.of(type).write(value));
  }

  /** Returns the JSON Schema of a document. */
  public static String schema(Class<?> type, String id, String title) {
    Map<String, Object> definitions = new LinkedHashMap<>();
    Map<String, Object> reference = Forms.of(type).schema(definitions);
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", id);
    schema.put("title", title);
    schema.putAll(reference);
    schema.put("$defs", definitions);
    return json(schema) + "\n";
  }

  private static String json(Object tree) {
    return json(JSON, tree);
  }

  private static String json(JsonMapper mapper, Object tree) {
    try {
      return UNPRINTABLE
          .matcher(mapper.writeValueAsString(tree))
          .replaceAll(each -> "\\\\u%04x".formatted((int) each.group().charAt(0)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts, numbers, lists and maps are always JSON", e);
    }
  }
}

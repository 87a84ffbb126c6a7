package io.agentstream.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.event.Author;
import io.agentstream.event.ChatError;
import io.agentstream.event.ChatEvent;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.ErrorCause;
import io.agentstream.event.ErrorCode;
import io.agentstream.event.Usage;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The records, the schema, the AsyncAPI document and {@code docs/protocol.md} name the same types
 * and fields, and the same ones of them as optional.
 */
class ProtocolConsistencyTest {

  private static final SchemaDocument EVENTS = SchemaDocument.read("events.schema.json");
  private static final SchemaDocument CONTROL = SchemaDocument.read("control.schema.json");
  private static final SchemaDocument VALUES = SchemaDocument.read("values.schema.json");
  private static final SchemaDocument SERVER = SchemaDocument.read("server-frames.schema.json");
  private static final SchemaDocument ORIGINAL = SchemaDocument.read("original-frames.schema.json");
  private static final SchemaDocument CLIENT = SchemaDocument.read("client-frames.schema.json");

  /** The records within others, and what the schema and the text call them. */
  private static final Map<String, Class<?>> PARTS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("limits", Welcome.Bounds.class),
              Map.entry("agent", Agents.Card.class),
              Map.entry("team", Agents.Team.class),
              Map.entry("choice", Agents.Choice.class),
              Map.entry("editing", Agents.Editing.class),
              Map.entry("author", Author.class),
              Map.entry("share", Share.class),
              Map.entry("person", ControlFrame.Presence.Person.class),
              Map.entry("share_visitor", ShareVisitor.class),
              Map.entry("usage", Usage.class),
              Map.entry("conversation_usage", ConversationUsage.class),
              Map.entry("message", Snapshot.Message.class),
              Map.entry("open_answer", Snapshot.Open.class),
              Map.entry("tool_use", Snapshot.ToolUse.class),
              Map.entry("conversation", ControlFrame.Conversations.Item.class),
              Map.entry("conversation_document", ConversationDocument.class)));

  private final ProtocolText text;

  ProtocolConsistencyTest() throws IOException {
    text = ProtocolText.read();
  }

  @Test
  void events() {
    Map<String, Fields> fromCode = fields(eventRecords());
    assertThat(schema(EVENTS, EVENTS.defs())).isEqualTo(fromCode);
    assertThat(text.table("type | data")).isEqualTo(fromCode);
  }

  @Test
  void control_frames() {
    Map<String, Fields> fromCode = fields(controlRecords());
    assertThat(schema(CONTROL, fromCode.keySet())).isEqualTo(fromCode);
    Map<String, Fields> fromText = text.table("control frame | data | when");
    assertThat(fromText.remove("error")).isNotNull();
    assertThat(fromText).isEqualTo(fromCode);
  }

  @Test
  void commands() {
    Map<String, Fields> fromCode = fields(commandRecords());
    Map<String, Fields> fromSchema = new TreeMap<>();
    for (String type : CLIENT.types()) {
      fromSchema.put(type, Fields.of(CLIENT, CLIENT.def(type).at("/properties/data")));
    }
    assertThat(fromSchema).isEqualTo(fromCode);
    Map<String, Fields> fromText = text.table("type | data | reply");
    // Fields that may be left out and have a default differ from those that are optional.
    fromText.get("send_message").names().remove("interrupt?");
    fromText.get("send_message").names().add("interrupt");
    assertThat(fromText).isEqualTo(fromCode);
  }

  @Test
  void objects_within_frames() {
    Map<String, Fields> fromCode = fields(PARTS);
    Map<String, Fields> fromSchema = new TreeMap<>();
    PARTS.keySet().forEach(part -> fromSchema.put(part, schemaOfPart(part)));
    assertThat(fromSchema).isEqualTo(fromCode);
    assertThat(text.table("part | fields")).isEqualTo(fromCode);
  }

  @Test
  void no_record_within_a_frame_is_forgotten_here() {
    Set<Class<?>> frames = new LinkedHashSet<>(eventRecords().values());
    frames.addAll(controlRecords().values());
    Set<Class<?>> within = new LinkedHashSet<>();
    frames.forEach(frame -> collectRecords(frame, within));
    within.removeAll(frames);
    assertThat(within).containsExactlyInAnyOrderElementsOf(PARTS.values());
  }

  @Test
  void values_of_enums() {
    eventRecords().forEach((type, record) -> assertEnums(EVENTS, type, record));
    controlRecords().forEach((type, record) -> assertEnums(CONTROL, type, record));
    PARTS.forEach((part, record) -> assertEnums(documentOfPart(part), part, record));
  }

  @Test
  void error_codes_and_close_codes_stand_in_the_text() {
    assertThat(text.firstColumn("error code | when"))
        .isEqualTo(
            Arrays.stream(ErrorCode.values())
                .map(code -> code.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new)));
    assertThat(text.firstColumn("error cause | when a model gives no answer"))
        .isEqualTo(
            Arrays.stream(ErrorCause.values())
                .map(cause -> cause.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new)));
    assertThat(text.firstColumn("close code | meaning | come back?"))
        .isEqualTo(
            Arrays.stream(CloseCode.values())
                .map(code -> String.valueOf(code.code()))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void every_type_has_a_frame_in_every_document() {
    Set<String> sent = new TreeSet<>(eventRecords().keySet());
    sent.addAll(controlRecords().keySet());
    assertThat(SERVER.types()).isEqualTo(sent);
    assertThat(ORIGINAL.types()).isEqualTo(sent);
    Set<String> messages = new TreeSet<>();
    sent.forEach(type -> messages.add("server_" + type));
    CLIENT.types().forEach(type -> messages.add("client_" + type));
    JsonNode async = SchemaDocument.read("asyncapi.json").root();
    Set<String> inAsync = new TreeSet<>();
    async.at("/channels/connection/messages").fieldNames().forEachRemaining(inAsync::add);
    assertThat(inAsync).isEqualTo(messages);
  }

  @Test
  void every_message_of_the_async_api_has_its_schema_and_an_operation() {
    JsonNode async = SchemaDocument.read("asyncapi.json").root();
    Set<String> used = new TreeSet<>();
    async
        .get("operations")
        .findValues("messages")
        .forEach(list -> list.forEach(ref -> used.add(ref.get("$ref").asText())));
    async
        .at("/channels/connection/messages")
        .properties()
        .forEach(
            message -> {
              String key = message.getKey();
              String file = key.startsWith("server_") ? SERVER.file() : CLIENT.file();
              String type = key.substring("server_".length());
              assertThat(message.getValue().get("name").asText()).isEqualTo(type);
              assertThat(message.getValue().at("/payload/$ref").asText())
                  .isEqualTo(file + "#/$defs/" + type);
              assertThat(used).contains("#/channels/connection/messages/" + key);
            });
  }

  private static Map<String, Class<?>> eventRecords() {
    return records(ChatEvent.class)
        .collect(Collectors.toMap(r -> r == ChatError.class ? "error" : name(r), r -> r));
  }

  private static Map<String, Class<?>> controlRecords() {
    Map<String, Class<?>> records =
        records(ControlFrame.class).collect(Collectors.toMap(r -> name(r), r -> r));
    records.remove("refused");
    records.put("snapshot", Snapshot.Content.class);
    return records;
  }

  private static Map<String, Class<?>> commandRecords() {
    Map<String, Class<?>> records =
        records(ClientCommand.class).collect(Collectors.toMap(r -> name(r), r -> r));
    // No viewer sends it: nodes pass on the author of a command in it.
    records.remove("authored");
    return records;
  }

  private static Stream<Class<?>> records(Class<?> sealed) {
    return sealed.isSealed()
        ? Arrays.stream(sealed.getPermittedSubclasses()).flatMap(type -> records(type))
        : Stream.of(sealed);
  }

  private static String name(Class<?> record) {
    return Fields.snakeCase(record.getSimpleName());
  }

  private static Map<String, Fields> fields(Map<String, Class<?>> records) {
    Map<String, Fields> fields = new TreeMap<>();
    records.forEach((type, record) -> fields.put(type, Fields.of(record)));
    return fields;
  }

  private static Map<String, Fields> schema(SchemaDocument document, Set<String> types) {
    Map<String, Fields> fields = new LinkedHashMap<>();
    types.forEach(type -> fields.put(type, Fields.of(document, document.def(type))));
    return fields;
  }

  private static Fields schemaOfPart(String part) {
    return Fields.of(documentOfPart(part), documentOfPart(part).def(part));
  }

  private static SchemaDocument documentOfPart(String part) {
    return VALUES.defs().contains(part) ? VALUES : CONTROL;
  }

  private static void assertEnums(SchemaDocument document, String type, Class<?> record) {
    Map<String, JsonNode> properties = document.properties(document.def(type));
    Fields.enums(record)
        .forEach(
            (field, values) ->
                assertThat(document.enumOf(properties.get(field)))
                    .as("%s.%s", type, field)
                    .isEqualTo(values));
  }

  private static void collectRecords(Type type, Set<Class<?>> into) {
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(arg -> collectRecords(arg, into));
    } else if (type instanceof Class<?> record && record.isRecord() && into.add(record)) {
      for (RecordComponent component : record.getRecordComponents()) {
        collectRecords(component.getGenericType(), into);
      }
    }
  }
}

package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.settings.Limits;
import io.agentstream.store.Store;
import io.agentstream.test.Eventually;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedModel;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Documents of conversations that are as long as they may be, on a real H2. */
@Timeout(180)
class LongDocumentsTest {

  @TempDir private Path folder;

  @Test
  void a_conversation_that_ended_at_its_limit_is_imported_by_its_own_server() {
    JsonNode document =
        exportedAndImported(
            Limits.builder().maxConversationChars(50).build(), "conversation_imported");
    assertThat(document.at("/ended/reason").asText()).isEqualTo("budget");
    assertThat(document.has("limits_exceeded")).isFalse();
  }

  @Test
  void a_document_that_is_too_long_for_an_import_says_so_itself() {
    JsonNode document = exportedAndImported(Limits.builder().maxImportBytes(500).build(), "error");
    assertThat(document.path("limits_exceeded")).hasToString("[\"max_import_bytes\"]");
  }

  /** A document is text that people may edit, for example to shorten what agents have said. */
  @Test
  void an_edited_document_almost_as_long_as_a_conversation_may_be_continues() {
    Limits limits =
        Limits.builder().maxConversationChars(20_000).maxMessageBytes(1_000_000).build();
    try (Store store = JdbcStore.inFolder(folder);
        ConversationHub hub = hub(store, limits, "Milk.")) {
      ObjectNode document = exportedOne(hub);
      edit(document, 18_000);
      JsonNode imported = imported(hub, document).await("conversation_imported").path("data");
      assertThat(imported.path("continues").asBoolean()).isTrue();

      String copy = imported.path("conversation_id").asText();
      JsonNode continued = continued(hub, copy, "And now?");
      assertThat(continued.path("messages")).hasSize(document.path("messages").size() + 2);
      assertThat(continued.at("/messages/1")).isEqualTo(document.at("/messages/1"));
      assertThat(continued.at("/ended/reason").asText()).isEqualTo("max_rounds");
    }
  }

  /** Makes what was said longer, in one message and in many more. */
  private static void edit(ObjectNode document, int chars) {
    ArrayNode messages = document.withArray("messages");
    ((ObjectNode) messages.get(1)).put("content", "茶".repeat(chars / 2));
    int each = chars / 200;
    for (int i = 0; i < 90; i++) {
      messages.add(edited(document, i + 2, each));
    }
  }

  private static ObjectNode edited(ObjectNode document, int number, int chars) {
    ObjectNode message = document.withArray("messages").get(1).deepCopy();
    return message.put("message_id", "edited-" + number).put("content", "x".repeat(chars));
  }

  private static JsonNode continued(ConversationHub hub, String id, String content) {
    new LocalViewer(hub).command("send_message", Map.of("conversation_id", id, "content", content));
    Eventually.await(
        () -> exported(hub, id).path("run").asInt() == 2 && exported(hub, id).has("ended"));
    return exported(hub, id);
  }

  private JsonNode exportedAndImported(Limits limits, String reply) {
    try (Store store = JdbcStore.inFolder(folder);
        ConversationHub hub = hub(store, limits, "茶".repeat(90))) {
      ObjectNode document = exportedOne(hub);
      imported(hub, document).await(reply);
      return document;
    }
  }

  private static ConversationHub hub(Store store, Limits limits, String answer) {
    ScriptedModel model = new ScriptedModel().always(call -> call.tokens(answer).complete());
    return ConversationHub.builder()
        .agents(Agent.builder("Ann").model(model).build())
        .access(ConversationAccess.everybody())
        .defaultMaxRounds(1)
        .limits(limits)
        .store(store)
        .build();
  }

  private static ObjectNode exportedOne(ConversationHub hub) {
    LocalViewer viewer = new LocalViewer(hub);
    String id = viewer.start("Tea?");
    viewer.await("conversation_ended");
    return exported(hub, id);
  }

  private static ObjectNode exported(ConversationHub hub, String id) {
    return (ObjectNode)
        new LocalViewer(hub)
            .command("export_conversation", Map.of("conversation_id", id))
            .await("conversation_exported")
            .at("/data/document");
  }

  private static LocalViewer imported(ConversationHub hub, JsonNode document) {
    return new LocalViewer(hub)
        .command(
            "import_conversation", Map.of("part", document.toString(), "index", 0, "last", true));
  }
}

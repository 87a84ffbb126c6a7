package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.settings.Limits;
import io.agentstream.store.Store;
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

  private JsonNode exportedAndImported(Limits limits, String reply) {
    try (Store store = JdbcStore.inFolder(folder);
        ConversationHub hub =
            ConversationHub.builder()
                .agents(
                    Agent.builder("Ann").model(new ScriptedModel().answers("茶".repeat(90))).build())
                .access(ConversationAccess.everybody())
                .defaultMaxRounds(1)
                .limits(limits)
                .store(store)
                .build()) {
      LocalViewer viewer = new LocalViewer(hub);
      String id = viewer.start("Tea?");
      viewer.await("conversation_ended");
      JsonNode document =
          new LocalViewer(hub)
              .command("export_conversation", Map.of("conversation_id", id))
              .await("conversation_exported")
              .at("/data/document");
      LocalViewer other = new LocalViewer(hub);
      other.command(
          "import_conversation", Map.of("part", document.toString(), "index", 0, "last", true));
      other.await(reply);
      return document;
    }
  }
}

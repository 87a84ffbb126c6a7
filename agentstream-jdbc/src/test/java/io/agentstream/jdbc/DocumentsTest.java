package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.test.Eventually;
import io.agentstream.test.LocalViewer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Conversations that leave a server as documents and come back, on a real H2. */
@Timeout(180)
class DocumentsTest {

  @TempDir private Path folder;
  private StoredServer server;

  @BeforeEach
  void start() {
    server = new StoredServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_conversation_comes_back_as_it_was_and_continues() {
    String id = talk();
    server
        .viewer()
        .command("rename_conversation", Map.of("conversation_id", id, "title", "下午茶"))
        .await("accepted");
    ObjectNode document = exported(id);
    assertThat(document.path("title").asText()).isEqualTo("下午茶");
    assertThat(document.toString()).doesNotContain("system_prompt");

    JsonNode imported = imported(document.toString()).path("data");
    String copy = imported.path("conversation_id").asText();
    assertThat(imported.path("continues").asBoolean()).isTrue();
    assertThat(copy).isNotEqualTo(id);
    ObjectNode again = exported(copy);
    assertThat(content(again)).isEqualTo(content(document));

    server.model.answers("And milk.").answers("No.");
    LocalViewer viewer = server.viewer().join(copy);
    assertThat(viewer.await("snapshot").at("/data/messages/1/thinking").asText()).isEqualTo("Hm.");
    viewer.command("send_message", Map.of("conversation_id", copy, "content", "And now?"));
    viewer.awaitText("m6", "No.");
    Eventually.await(() -> exported(copy).has("ended"));
    JsonNode continued = exported(copy).path("messages");
    assertThat(continued).hasSize(6);
    for (int i = 0; i < 3; i++) {
      assertThat(continued.get(i)).isEqualTo(again.path("messages").get(i));
    }
  }

  @Test
  void an_imported_conversation_is_listed_found_and_outlives_a_restart() {
    String document = exported(talk()).put("topic", "An imported one").toString();
    String copy = imported(document).at("/data/conversation_id").asText();
    JsonNode before = exported(copy);
    server.close();
    server = new StoredServer(folder);
    assertThat(exported(copy)).isEqualTo(before);
    JsonNode found =
        server
            .viewer()
            .command("list_conversations", Map.of("query", "imported one"))
            .await("conversations")
            .at("/data/conversations");
    assertThat(found).hasSize(1);
    assertThat(found.get(0).path("state").asText()).isEqualTo("ended");
  }

  @Test
  void without_its_agents_it_is_kept_and_does_not_continue() {
    ObjectNode document = exported(talk());
    document.putArray("agents").add("Stranger");
    JsonNode reply = imported(document.toString()).path("data");
    assertThat(reply.path("continues").asBoolean()).isFalse();
    String copy = reply.path("conversation_id").asText();
    assertThat(content(exported(copy))).isEqualTo(content(document));
    JsonNode refused =
        server
            .viewer()
            .command("send_message", Map.of("conversation_id", copy, "content", "And?"))
            .await("error");
    assertThat(refused.at("/data/code").asText()).isEqualTo("conflict");
  }

  /** Nobody's export is like that, but a document can be: whatever the catalogue has. */
  @Test
  void with_names_that_cannot_be_told_apart_it_is_kept_and_does_not_continue() {
    ObjectNode document = exported(talk());
    server.hub.offer(
        List.of(named("Ann"), named("ann"), named("Ben")),
        Map.of("Pair", GroupChat.builder().participants(named("Ann")).build()));
    document.putArray("agents").add("ann").add("Ann");
    assertThat(imported(document.toString()).at("/data/continues")).hasToString("false");
    document.putArray("muted").add("ann");
    assertThat(imported(document.toString()).at("/data/continues")).hasToString("false");
    document.put("team", "Pair");
    assertThat(imported(document.toString()).at("/data/continues"))
        .as("one who joined the team and cannot be told apart from its participant")
        .hasToString("false");
    document.putArray("agents").add("Ben");
    document.remove("muted");
    assertThat(imported(document.toString()).at("/data/continues")).hasToString("true");
  }

  private Agent named(String name) {
    return Agent.builder(name).model(server.model).build();
  }

  @Test
  void a_conversation_that_runs_is_exported_as_if_it_stopped() throws Exception {
    LocalViewer viewer = server.viewer();
    String id = viewer.start("Tea or coffee?");
    server.model.awaitNext().thinking("Hm.").tokens("Te");
    viewer.awaitText("m2", "Te");
    viewer.command("send_message", Map.of("conversation_id", id, "content", "Or milk?"));
    viewer.await("message_queued");

    ObjectNode document = exported(id);
    assertThat(document.has("ended")).isFalse();
    assertThat(document.at("/messages/1/finish_reason").asText()).isEqualTo("stopped");
    assertThat(document.at("/messages/1/content").asText()).isEqualTo("Te");
    assertThat(document.at("/messages/2/content").asText()).isEqualTo("Or milk?");
    String copy = imported(document.toString()).at("/data/conversation_id").asText();
    ObjectNode stopped = exported(copy);
    assertThat(stopped.at("/ended/reason").asText()).isEqualTo("stopped");
    assertThat(stopped.at("/messages/1")).isEqualTo(document.at("/messages/1"));
  }

  @Test
  void a_muted_participant_is_muted_after_an_import_and_gets_no_turn() {
    String id = talk();
    ObjectNode document = changed(id, "mute_agent", "Ben");
    assertThat(document.path("muted")).hasToString("[\"Ben\"]");
    String copy = imported(document.toString()).at("/data/conversation_id").asText();
    assertThat(content(exported(copy))).isEqualTo(content(document));

    LocalViewer viewer = server.viewer().join(copy);
    assertThat(viewer.await("snapshot").at("/data/muted")).hasToString("[\"Ben\"]");
    assertAnnAnswersAlone(viewer, copy);
    assertThat(exported(copy).path("muted")).hasToString("[\"Ben\"]");
    viewer
        .command("unmute_agent", Map.of("conversation_id", copy, "agent_name", "Ben"))
        .await("roster_changed");
    assertThat(exported(copy).has("muted")).isFalse();
  }

  @Test
  void a_participant_that_has_left_stays_away_after_an_import() {
    String id = talk();
    ObjectNode document = changed(id, "remove_agent", "Ben");
    assertThat(document.path("agents")).hasToString("[\"Ann\"]");
    String copy = imported(document.toString()).at("/data/conversation_id").asText();
    assertThat(content(exported(copy))).isEqualTo(content(document));
    assertAnnAnswersAlone(server.viewer().join(copy), copy);
  }

  @Test
  void a_conversation_that_everybody_has_left_is_imported_and_does_not_continue() {
    String id = talk();
    changed(id, "remove_agent", "Ben");
    ObjectNode document = changed(id, "remove_agent", "Ann");
    assertThat(document.path("agents")).isEmpty();
    JsonNode reply = imported(document.toString()).path("data");
    assertThat(reply.path("continues").asBoolean()).isFalse();
    assertThat(content(exported(reply.path("conversation_id").asText())))
        .isEqualTo(content(document));
  }

  @Test
  void a_document_comes_in_parts_that_are_cut_anywhere() {
    String document = exported(talk()).put("title", "😀".repeat(50)).toString();
    LocalViewer viewer = server.viewer();
    int index = 0;
    for (int from = 0; from < document.length(); from += 7) {
      int to = Math.min(document.length(), from + 7);
      part(viewer, document.substring(from, to), index++, to == document.length());
    }
    String copy = viewer.await("conversation_imported").at("/data/conversation_id").asText();
    assertThat(exported(copy).path("title").asText()).isEqualTo("😀".repeat(50));
  }

  @Test
  void parts_out_of_order_are_a_conflict_and_the_first_part_begins_anew() {
    String document = exported(talk()).toString();
    LocalViewer viewer = server.viewer();
    part(viewer, "{", 0, false);
    part(viewer, "}", 2, true);
    assertThat(viewer.await("error").at("/data/code").asText()).isEqualTo("conflict");
    part(viewer, "nonsense", 0, false);
    part(viewer, document, 0, true);
    viewer.await("conversation_imported");
  }

  @Test
  void what_is_no_document_is_refused_and_leaves_nothing() {
    for (String text : List.of("{", "{\"version\":2}", "{\"version\":1}")) {
      LocalViewer viewer = server.viewer();
      part(viewer, text, 0, true);
      viewer.await("error");
    }
    assertThat(
            server
                .viewer()
                .command("list_conversations", Map.of())
                .await("conversations")
                .at("/data/conversations"))
        .isEmpty();
  }

  @Test
  void a_conversation_that_does_not_exist_is_not_found() {
    JsonNode error =
        server
            .viewer()
            .command("export_conversation", Map.of("conversation_id", "nobody-knows"))
            .await("error");
    assertThat(error.at("/data/code").asText()).isEqualTo("not_found");
    assertThat(error.at("/data/message").asText()).isEqualTo("There is no such conversation.");
  }

  private String talk() {
    try {
      LocalViewer viewer = server.viewer();
      String id = viewer.start("Tea or coffee?");
      server.model.awaitNext().thinking("Hm.").usage(3, 4).tokens("Tea.").complete();
      server.model.awaitNext().tokens("Coffee.").complete();
      viewer.await("conversation_ended");
      return id;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Changes the roster and returns the document. */
  private ObjectNode changed(String id, String command, String name) {
    LocalViewer viewer = server.viewer().join(id);
    viewer.await("snapshot");
    viewer
        .command(command, Map.of("conversation_id", id, "agent_name", name))
        .await("roster_changed");
    return exported(id);
  }

  private void assertAnnAnswersAlone(LocalViewer viewer, String id) {
    server.model.answers("With milk.");
    viewer.command("send_message", Map.of("conversation_id", id, "content", "And now?"));
    viewer.awaitText("m5", "With milk.");
    Eventually.await(() -> exported(id).path("run").asInt() == 2 && exported(id).has("ended"));
    assertThat(exported(id).path("messages")).hasSize(5);
  }

  private ObjectNode exported(String id) {
    return (ObjectNode)
        server
            .viewer()
            .command("export_conversation", Map.of("conversation_id", id))
            .await("conversation_exported")
            .at("/data/document");
  }

  private JsonNode imported(String document) {
    LocalViewer viewer = server.viewer();
    part(viewer, document, 0, true);
    return viewer.await("conversation_imported");
  }

  private static void part(LocalViewer viewer, String part, int index, boolean last) {
    viewer.command("import_conversation", Map.of("part", part, "index", index, "last", last));
  }

  /** Returns all that an import keeps as it was: everything but the ids of the people. */
  private static String content(ObjectNode document) {
    ObjectNode copy = document.deepCopy();
    copy.remove("conversation_id");
    return copy.toString().replaceAll("\"author\":\\{\"id\":\"[^\"]*\"", "\"author\":{");
  }
}

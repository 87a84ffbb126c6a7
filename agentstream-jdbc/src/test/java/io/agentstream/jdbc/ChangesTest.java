package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.test.LocalViewer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Titles, searches and deletions on a real H2, also of conversations that rest. */
@Timeout(180)
class ChangesTest {

  @TempDir private Path folder;

  @Test
  void a_title_and_a_deletion_outlive_a_restart() throws Exception {
    String kept;
    String deleted;
    try (StoredServer server = new StoredServer(folder)) {
      server.model.answers("Tea.").answers("Tea.").answers("Milk.").answers("Milk.");
      kept = ended(server, "Tea or coffee?");
      deleted = ended(server, "Milk?");
      rename(server, kept, "下午茶");
      assertThat(accepted(server, "delete_conversation", deleted)).isTrue();
    }
    try (StoredServer server = new StoredServer(folder)) {
      assertThat(found(server, Map.of("query", "下午"))).containsExactly(kept);
      assertThat(found(server, Map.of())).containsExactly(kept);
      assertThat(isNotFound(server, deleted)).isTrue();
    }
  }

  @Test
  void a_resting_conversation_is_deleted_without_being_woken_and_its_viewers_leave()
      throws Exception {
    String id;
    try (StoredServer server = new StoredServer(folder)) {
      server.model.answers("Tea.").answers("Tea.");
      id = ended(server, "Tea or coffee?");
    }
    try (StoredServer server = new StoredServer(folder)) {
      LocalViewer reader = server.viewer().join(id);
      reader.await("snapshot");
      assertThat(found(server, Map.of("query", "tea."))).containsExactly(id);
      assertThat(accepted(server, "delete_conversation", id)).isTrue();
      reader.await("left");
      assertThat(server.hub.conversations()).isEmpty();
      assertThat(isNotFound(server, id)).isTrue();
      assertThat(accepted(server, "delete_conversation", id)).isFalse();
    }
  }

  @Test
  void a_running_conversation_is_stopped_and_deleted() throws Exception {
    try (StoredServer server = new StoredServer(folder)) {
      LocalViewer viewer = server.viewer();
      String id = viewer.start("Tea or coffee?");
      server.model.awaitNext().tokens("Tea");
      assertThat(accepted(server, "delete_conversation", id)).isTrue();
      viewer.await("left");
      assertThat(server.hub.conversations()).isEmpty();
      assertThat(isNotFound(server, id)).isTrue();
      assertThat(found(server, Map.of())).isEmpty();
    }
  }

  private static String ended(StoredServer server, String topic) {
    LocalViewer viewer = server.viewer();
    String id = viewer.start(topic);
    viewer.await("conversation_ended");
    return id;
  }

  private static void rename(StoredServer server, String id, String title) {
    LocalViewer viewer = server.viewer();
    viewer.command("rename_conversation", Map.of("conversation_id", id, "title", title));
    viewer.await("accepted");
  }

  private static boolean accepted(StoredServer server, String command, String id) {
    LocalViewer viewer = server.viewer().command(command, Map.of("conversation_id", id));
    return reply(viewer).get("type").asText().equals("accepted");
  }

  private static boolean isNotFound(StoredServer server, String id) {
    JsonNode reply = reply(server.viewer().join(id));
    return reply.at("/data/code").asText().equals("not_found");
  }

  private static JsonNode reply(LocalViewer viewer) {
    return viewer.await(
        frame -> List.of("accepted", "joined", "error").contains(frame.get("type").asText()));
  }

  private static List<String> found(StoredServer server, Map<String, ?> query) {
    LocalViewer viewer = server.viewer().command("list_conversations", query);
    List<String> ids = new ArrayList<>();
    viewer
        .await("conversations")
        .at("/data/conversations")
        .forEach(item -> ids.add(item.get("conversation_id").asText()));
    return ids;
  }
}

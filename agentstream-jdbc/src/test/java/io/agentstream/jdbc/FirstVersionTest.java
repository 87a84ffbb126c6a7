package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.test.LocalViewer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database file of the first version of the tables must stay readable. The file was written by a
 * server with the agents Ann and Ben, which was killed while Ben spoke in one of its conversations.
 */
@Timeout(180)
class FirstVersionTest {

  private static final String ENDED = "Tea or coffee?";
  private static final String CUT_OFF = "茶还是咖啡？";

  @TempDir private Path folder;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream packed =
            Objects.requireNonNull(FirstVersionTest.class.getResourceAsStream("v1.mv.db.gz"));
        InputStream in = new GZIPInputStream(packed)) {
      Files.copy(in, folder.resolve("agentstream.mv.db"));
    }
  }

  @Test
  void an_ended_conversation_is_read_and_continues() throws Exception {
    try (StoredServer server = new StoredServer(folder)) {
      server.model.awaitNext();
      JsonNode item = found(server, ENDED);
      assertThat(item.path("title").asText()).isEqualTo("Afternoon");
      String id = item.path("conversation_id").asText();
      LocalViewer viewer = server.viewer().join(id);
      JsonNode messages = viewer.await("snapshot").at("/data/messages");
      assertThat(messages).hasSize(3);
      assertThat(messages.at("/1/content").asText()).isEqualTo("Tea, please.");
      assertThat(messages.at("/1/thinking").asText()).isEqualTo("Hm.");
      assertThat(messages.at("/2/content").asText()).isEqualTo("Coffee.");
      viewer.command("send_message", Map.of("conversation_id", id, "content", "And cake?"));
      server.model.awaitNext().tokens("Cake!").complete();
      viewer.awaitText("m5", "Cake!");
    }
  }

  @Test
  void a_conversation_that_was_cut_off_continues_after_its_last_finished_turn() throws Exception {
    try (StoredServer server = new StoredServer(folder)) {
      server.model.awaitNext().tokens("咖啡。").complete();
      String id = found(server, CUT_OFF).path("conversation_id").asText();
      LocalViewer viewer = server.viewer().join(id);
      viewer.awaitText("m2", "茶。");
      viewer.awaitText("m3", "咖啡。");
    }
  }

  private static JsonNode found(StoredServer server, String topic) {
    LocalViewer viewer = server.viewer().command("list_conversations", Map.of("query", topic));
    JsonNode found = viewer.await("conversations").at("/data/conversations");
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}

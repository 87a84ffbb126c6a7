package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.identity.ConversationPage;
import io.agentstream.identity.ConversationPage.Item;
import io.agentstream.identity.ConversationQuery;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.internal.HeapUse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A database with 100,000 conversations, against one with 100. The times are printed. */
@Timeout(1_200)
@EnabledIfSystemProperty(named = "agentstream.slow", matches = "true", disabledReason = "a minute")
class LargeStoreTest {

  private static final int FEW = 100;
  private static final int MANY = 100_000;

  /** H2 caches pages of the file, at most this much in this process. */
  private static final long CACHE_BYTES = 64L << 20;

  @TempDir private Path folder;

  @Test
  void a_start_reads_none_of_them_and_lists_and_searches_stay_within_bounds() throws Exception {
    Path few = filled("few", FEW);
    Path many = filled("many", MANY);
    long heapOfFew = heapAfterUse(few);
    long heapOfMany = heapAfterUse(many);
    System.out.printf("heap: %,d and %,d bytes%n", heapOfFew, heapOfMany);
    assertThat(heapOfMany - heapOfFew).isLessThan(CACHE_BYTES);
    try (JdbcStore store = JdbcStore.inFolder(many)) {
      assertThat(ids(store, null, 200)).hasSize(MANY + 1).doesNotHaveDuplicates();
      assertThat(ids(store, "number 77777.", 50)).containsExactly("c00077777");
      assertThat(ids(store, "nothing says this", 50)).isEmpty();
    }
  }

  /** Opens a server, uses it as a page would, and returns the heap that is in use then. */
  private static long heapAfterUse(Path folder) throws Exception {
    long began = System.nanoTime();
    try (StoredServer server = new StoredServer(folder)) {
      LocalViewer viewer = server.viewer().command("list_conversations", Map.of("limit", 50));
      JsonNode page = viewer.await("conversations").path("data");
      print("start and first page", began);
      assertThat(page.path("conversations")).hasSize(50);
      assertThat(server.hub.conversations()).isEmpty();
      long searched = System.nanoTime();
      LocalViewer searching =
          server.viewer().command("list_conversations", Map.of("query", "number 50."));
      searching.await("conversations");
      print("page of a search", searched);
      String id = page.at("/conversations/7/conversation_id").asText();
      long joined = System.nanoTime();
      server.viewer().join(id).await("snapshot");
      print("join of an old conversation", joined);
      return HeapUse.now();
    }
  }

  private static List<String> ids(JdbcStore store, @Nullable String text, int limit) {
    List<String> ids = new ArrayList<>();
    long began = System.nanoTime();
    long longest = 0;
    String cursor = null;
    int pages = 0;
    do {
      long at = System.nanoTime();
      ConversationPage page = store.list(new ConversationQuery(null, text, cursor, limit));
      longest = Math.max(longest, System.nanoTime() - at);
      page.items().stream().map(Item::conversation).forEach(info -> ids.add(info.conversationId()));
      cursor = page.nextCursor();
      pages++;
    } while (cursor != null);
    print(pages + " pages of '" + text + "'", began);
    System.out.printf("the longest took %,d ms%n", TimeUnit.NANOSECONDS.toMillis(longest));
    return ids;
  }

  private static void print(String step, long began) {
    System.out.printf(
        "%s: %,d ms%n", step, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
  }

  /** Makes a database with one conversation of a server's own, and copies of it. */
  private Path filled(String name, int copies) throws Exception {
    Path filled = folder.resolve(name);
    try (StoredServer server = new StoredServer(filled)) {
      server.model.answers("Tea. ".repeat(40)).answers("Coffee. ".repeat(40));
      LocalViewer viewer = server.viewer();
      viewer.start("Tea or coffee?");
      viewer.await("conversation_ended");
    }
    String url = "jdbc:h2:file:" + filled.toAbsolutePath().resolve("agentstream");
    try (Connection connection = DriverManager.getConnection(url)) {
      copy(
          connection,
          copies,
          "INSERT INTO agentstream_conversation SELECT 'c' || LPAD(CAST(x AS VARCHAR), 8, '0'),"
              + " owner_key, owner_id, anonymous, topic || ' number ' || x || '.', agents, title,"
              + " created_at - x, changed_at, NULL, epoch, state, ended, content, definition,"
              + " engine FROM agentstream_conversation, SYSTEM_RANGE(1, ?)");
      copy(
          connection,
          copies,
          "INSERT INTO agentstream_message SELECT 'c' || LPAD(CAST(x AS VARCHAR), 8, '0'), place,"
              + " message_id, said, document FROM agentstream_message, SYSTEM_RANGE(1, ?)");
    }
    return filled;
  }

  private static void copy(Connection connection, int copies, String sql) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, copies);
      insert.executeUpdate();
    }
  }
}

package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.identity.ConversationQuery;
import io.agentstream.journal.UnavailableException;
import io.agentstream.test.LocalViewer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An H2 file that lacks its end, as a power cut can leave it. */
@Timeout(300)
class BrokenFileTest {

  private static final String FILE = "agentstream.mv.db";

  @TempDir private Path folder;

  @Test
  void a_file_without_its_end_opens_or_says_in_one_line_what_to_do() throws Exception {
    Path whole = folder.resolve("whole");
    fill(whole);
    long length = Files.size(whole.resolve(FILE));
    int opened = 0;
    for (long lost : cuts(length)) {
      Path copy = Files.createDirectory(folder.resolve("cut" + lost));
      Files.copy(whole.resolve(FILE), copy.resolve(FILE));
      cut(copy.resolve(FILE), length - lost);
      if (opens(copy)) {
        opened++;
      }
    }
    assertThat(opened).as("files that opened").isPositive();
  }

  /** Bytes off the end: single ones, whole blocks, anywhere in the file, and all of it. */
  private static List<Long> cuts(long length) {
    List<Long> cuts = new ArrayList<>(List.of(1L, 7L, 512L, 4_096L, 4_097L, 8_192L, 12_288L));
    Random random = new Random(17);
    for (int i = 0; i < 5; i++) {
      cuts.add(random.nextLong(13_000, length));
    }
    cuts.add(length);
    return cuts;
  }

  private static void fill(Path folder) throws Exception {
    try (StoredServer server = new StoredServer(folder)) {
      for (int i = 0; i < 5; i++) {
        server.model.answers("Tea ".repeat(500)).answers("Coffee.");
        LocalViewer viewer = server.viewer();
        viewer.start("Tea or coffee?");
        viewer.await("conversation_ended");
      }
    }
  }

  private static void cut(Path file, long length) throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.setLength(length);
    }
  }

  /** A file that opens holds whole conversations; any other is named with the remedy. */
  private static boolean opens(Path folder) {
    try (JdbcStore store = JdbcStore.inFolder(folder)) {
      store
          .list(new ConversationQuery(null, null, null, 50))
          .items()
          .forEach(item -> assertWhole(store, item.conversation().conversationId()));
      return true;
    } catch (UnavailableException e) {
      assertThat(e)
          .hasMessage(
              "The database in the folder "
                  + folder
                  + " is broken: put a backup in its place, or move the folder away to begin anew");
      return false;
    }
  }

  private static void assertWhole(JdbcStore store, String id) {
    assertThat(store.load(id))
        .hasValueSatisfying(
            stored -> {
              assertThat(stored.content()).isNotNull();
              assertThat(stored.messages()).isNotEmpty();
            });
  }
}

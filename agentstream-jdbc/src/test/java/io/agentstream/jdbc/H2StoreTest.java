package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.identity.ConversationInfo;
import io.agentstream.journal.UnavailableException;
import io.agentstream.store.Store;
import io.agentstream.test.StoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest extends StoreContract {

  @TempDir private Path folder;

  private JdbcStore store;

  @BeforeEach
  void open() {
    store = JdbcStore.inFolder(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected Store store() {
    return store;
  }

  @Override
  protected Store reopened() {
    store.close();
    store = JdbcStore.inFolder(folder);
    return store;
  }

  @Test
  void one_file_holds_everything() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactly("agentstream.mv.db");
    }
  }

  @Test
  void another_conversation_of_the_same_id_is_refused() {
    Instant now = Instant.ofEpochMilli(1);
    store.add(new ConversationInfo("c", null, "Tea?", List.of(), now));
    for (ConversationInfo other :
        List.of(
            new ConversationInfo("c", null, "Coffee?", List.of(), now),
            new ConversationInfo("c", null, "Tea?", List.of(), now.plusMillis(1)))) {
      assertThatThrownBy(() -> store.add(other)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void a_folder_that_is_no_folder_is_named() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> JdbcStore.inFolder(file))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void what_is_no_database_is_reported_with_a_remedy() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("agentstream.mv.db"), "no database".repeat(5_000));
    assertThatThrownBy(() -> JdbcStore.inFolder(other))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("put a backup in its place");
  }
}

package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.identity.ConversationInfo;
import io.agentstream.store.ConversationChange;
import io.agentstream.store.StoredMessage;
import io.agentstream.wire.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 file grows with each write, and becomes short again when the store is closed. */
class CompactionTest {

  private static final int WRITES = 700;
  private static final String TEXT = "Tea or coffee? ".repeat(100);

  @TempDir private Path folder;

  @Test
  void the_file_is_short_again_after_close_and_has_what_was_stored() throws IOException {
    long open;
    try (JdbcStore store = JdbcStore.inFolder(folder)) {
      store.add(new ConversationInfo("a", null, "Tea?", List.of("Mia"), Instant.EPOCH));
      long epoch = store.claim("a");
      for (int i = 0; i < WRITES; i++) {
        store.save(List.of(turn(epoch, i)));
      }
      open = length();
    }
    assertThat(length()).isLessThan(open / 2);
    try (JdbcStore store = JdbcStore.inFolder(folder)) {
      assertThat(store.load("a"))
          .hasValueSatisfying(stored -> assertThat(stored.messages()).hasSize(WRITES));
    }
  }

  private static ConversationChange turn(long epoch, int place) {
    StoredMessage message = new StoredMessage("m" + place, TEXT, "{}");
    return new ConversationChange(
        "a", epoch, Snapshot.State.RUNNING, Instant.EPOCH, TEXT, null, place, List.of(message));
  }

  private long length() throws IOException {
    return Files.size(folder.resolve("agentstream.mv.db"));
  }
}

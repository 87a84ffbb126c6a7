package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.identity.ConversationInfo;
import io.agentstream.jdbc.RecordedFile.Write;
import io.agentstream.store.ConversationChange;
import io.agentstream.store.StoredMessage;
import io.agentstream.wire.Snapshot;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that was killed must find what it had confirmed, and so must the next ones, and each
 * must be able to write. Each round stands for a process that is killed at one of its writes to the
 * file: five rounds, and 60 in the profile {@code slow}. {@code -Dagentstream.seed} repeats a run.
 */
class CommitTest {

  private static final List<String> IDS = List.of("a", "b", "c", "d");
  private static final int ROUNDS = Boolean.getBoolean("agentstream.slow") ? 60 : 5;
  private static final int MOST_CLAIMS = 8;

  @TempDir private Path folder;

  private final long seed = Long.getLong("agentstream.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, Long> confirmed = new ConcurrentSkipListMap<>();
  private final Queue<Throwable> refused = new ConcurrentLinkedQueue<>();
  private Path file;

  @BeforeEach
  void prepare() {
    file = folder.resolve("agentstream.mv.db");
    System.out.println("agentstream.seed=" + seed);
  }

  @Test
  @Timeout(300)
  void whatever_write_is_the_last_the_file_has_everything_that_was_confirmed_before()
      throws Exception {
    inStore(store -> IDS.forEach(id -> store.add(conversation(id))));
    for (int round = 1; round <= ROUNDS; round++) {
      Path before = Files.copy(file, folder.resolve("before"), StandardCopyOption.REPLACE_EXISTING);
      confirmed.clear();
      inStore(this::claimAtOnce);
      assertThat(refused).as("round %d, seed %d", round, seed).isEmpty();
      Map<String, Long> expected = killAtAnyWrite(before);
      assertThat(epochs())
          .as("round %d, seed %d", round, seed)
          .allSatisfy(
              (id, epoch) ->
                  assertThat(epoch).isGreaterThanOrEqualTo(expected.getOrDefault(id, 0L)));
    }
  }

  private static ConversationInfo conversation(String id) {
    return new ConversationInfo(id, null, "Tea?", List.of("Mia"), Instant.EPOCH);
  }

  /** The work of a process with its store. */
  private interface Work {
    void with(JdbcStore store) throws InterruptedException;
  }

  private void inStore(Work work) throws InterruptedException {
    RecordedFile.record(() -> new TreeMap<>(confirmed));
    JdbcDataSource source = new JdbcDataSource();
    source.setUrl(H2Settings.with("jdbc:h2:recorded:" + folder.resolve("agentstream")));
    JdbcConnectionPool pool = JdbcConnectionPool.create(source);
    try (JdbcStore store = JdbcStore.of(pool)) {
      work.with(store);
    } finally {
      pool.dispose();
    }
  }

  private void claimAtOnce(JdbcStore store) throws InterruptedException {
    int claims = 1 + random.nextInt(MOST_CLAIMS);
    List<Thread> threads = new ArrayList<>();
    for (String id : IDS) {
      threads.add(new Thread(() -> claim(store, id, claims)));
    }
    threads.forEach(thread -> thread.setUncaughtExceptionHandler((on, e) -> refused.add(e)));
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void claim(JdbcStore store, String id, int claims) {
    for (int i = 0; i < claims; i++) {
      long epoch = store.claim(id);
      confirmed.put(id, epoch);
      store.save(List.of(turn(id, epoch)));
    }
  }

  private ConversationChange turn(String id, long epoch) {
    String text = "x".repeat(random.nextInt(9_000));
    StoredMessage message = new StoredMessage("m" + epoch, text, "{}");
    return new ConversationChange(
        id, epoch, Snapshot.State.RUNNING, Instant.EPOCH, text, null, 0, List.of(message));
  }

  /** Makes the file as some write has left it, and returns what had been confirmed by then. */
  private Map<String, Long> killAtAnyWrite(Path before) throws IOException {
    List<Write> writes = RecordedFile.writes();
    int kept = random.nextInt(writes.size());
    Files.copy(before, file, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      for (Write write : writes.subList(0, kept)) {
        write.to(channel);
      }
    }
    return writes.get(kept).confirmed();
  }

  /** Reads a copy, so that the file stays as the kill has left it. */
  private Map<String, Long> epochs() throws IOException, SQLException {
    Files.copy(file, folder.resolve("copy.mv.db"), StandardCopyOption.REPLACE_EXISTING);
    Map<String, Long> epochs = new TreeMap<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("copy"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id, epoch FROM agentstream_conversation")) {
      while (row.next()) {
        epochs.put(row.getString(1), row.getLong(2));
      }
    }
    return epochs;
  }
}

package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.journal.UnavailableException;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedCall;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A backup that is made while a conversation runs, and a server that begins from it. */
@Timeout(300)
class BackupTest {

  private static final String POSTGRES = "postgres";
  private static final List<Path> DUMPS =
      List.of(Path.of("/usr/bin/pg_dump"), Path.of("/usr/local/bin/pg_dump"));

  @TempDir private Path folder;

  @Test
  void a_backup_of_h2_holds_what_was_finished_and_the_conversation_continues_from_it()
      throws Exception {
    JdbcStore store = JdbcStore.inFolder(folder.resolve("data"));
    Path zip = folder.resolve("backup.zip");
    String id =
        backedUp(
            store,
            () -> {
              store.backUp(zip);
              return null;
            });
    Path restored = Files.createDirectory(folder.resolve("restored"));
    unzip(zip, restored);
    assertContinues(JdbcStore.inFolder(restored), id);
  }

  @Test
  void a_backup_that_cannot_be_written_is_reported_and_harms_nothing() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    try (JdbcStore store = JdbcStore.inFolder(folder.resolve("data"))) {
      assertThatThrownBy(() -> store.backUp(file.resolve("backup.zip")))
          .isInstanceOf(UnavailableException.class);
      assertThat(store.unfinished(null, 10)).isEmpty();
    }
  }

  @Test
  @EnabledIf("hasDump")
  void a_dump_of_postgresql_does_the_same() throws Exception {
    try (EmbeddedPostgres postgres = TestPostgres.start();
        EmbeddedPostgres other = TestPostgres.start()) {
      JdbcStore store = JdbcStore.at(postgres.getJdbcUrl(POSTGRES, POSTGRES), null, null);
      Path dump = folder.resolve("dump.sql");
      String id =
          backedUp(
              store,
              () -> run(postgres, "pg_dump", "--no-owner", "--file", dump.toString(), POSTGRES));
      run(other, "psql", "--quiet", "--file", dump.toString(), POSTGRES);
      assertContinues(JdbcStore.at(other.getJdbcUrl(POSTGRES, POSTGRES), null, null), id);
    }
  }

  static boolean hasDump() {
    return DUMPS.stream().anyMatch(Files::isExecutable);
  }

  /** Backs up while Ben speaks. */
  private static String backedUp(JdbcStore store, Callable<?> backup) throws Exception {
    try (StoredServer server = new StoredServer(store, Timeouts.defaults())) {
      LocalViewer viewer = server.viewer();
      String id = viewer.start("Tea or coffee?");
      server.model.awaitNext().tokens("Tea.").complete();
      ScriptedCall second = server.model.awaitNext();
      second.tokens("Cof");
      viewer.command("rename_conversation", Map.of("conversation_id", id, "title", "Afternoon"));
      viewer.await(
          frame ->
              frame.path("type").asText().equals("accepted") && !frame.path("data").has("epoch"));
      backup.call();
      second.tokens("fee.").complete();
      viewer.await("conversation_ended");
      return id;
    }
  }

  private static void assertContinues(JdbcStore store, String id) throws Exception {
    try (StoredServer server = new StoredServer(store, Timeouts.defaults())) {
      server.model.awaitNext().tokens("Milk.").complete();
      LocalViewer viewer = server.viewer().join(id);
      viewer.awaitText("m2", "Tea.");
      viewer.awaitText("m3", "Milk.");
      JsonNode listed =
          server.viewer().command("list_conversations", Map.of()).await("conversations");
      assertThat(listed.at("/data/conversations/0/title").asText()).isEqualTo("Afternoon");
    }
  }

  private static void unzip(Path zip, Path folder) throws IOException {
    try (InputStream file = Files.newInputStream(zip);
        ZipInputStream in = new ZipInputStream(file)) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Files.copy(in, folder.resolve(Path.of(entry.getName()).getFileName()));
      }
    }
  }

  private static Integer run(EmbeddedPostgres postgres, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("PGHOST", "localhost");
    builder.environment().put("PGPORT", Integer.toString(postgres.getPort()));
    builder.environment().put("PGUSER", POSTGRES);
    builder.environment().put("PGPASSWORD", POSTGRES);
    int exit = builder.start().waitFor();
    assertThat(exit).isZero();
    return exit;
  }
}

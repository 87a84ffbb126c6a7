package io.agentstream.examples.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.examples.config.ConfigException;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.jdbc.JdbcStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command and a server that talk about backups in the server's folder, on a real H2. */
@Timeout(180)
class BackupCommandTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir private Path folder;

  @Test
  void a_backup_of_a_store_in_use_opens_and_has_everything_and_the_next_one_replaces_it()
      throws Exception {
    Path file = folder.resolve("备份.zip");
    try (Serving serving = new Serving(data())) {
      serving.store.add(conversation("one"));
      assertThat(backUp(file)).isNull();
      serving.store.add(conversation("two"));
      assertThat(backUp(file)).isNull();
      serving.store.add(conversation("three"));
    }
    if (Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    try (JdbcStore restored = JdbcStore.inFolder(unzipped(file))) {
      assertThat(restored.find("one")).isPresent();
      assertThat(restored.find("two")).isPresent();
      assertThat(restored.find("three")).isEmpty();
    }
    assertNothingIsLeft();
  }

  @Test
  void a_backup_that_cannot_be_written_is_reported_and_leaves_what_is_there() throws Exception {
    Path taken = Files.createDirectories(folder.resolve("taken/by/others")).getParent();
    try (Serving serving = new Serving(data())) {
      serving.store.add(conversation("one"));
      assertThat(backUp(taken)).contains("cannot write " + taken);
      assertThat(backUp(folder.resolve("none/backup.zip"))).contains("its log says why");
      assertThat(taken.resolve("others")).isDirectory();
      assertThat(backUp(folder.resolve("backup.zip"))).isNull();
    }
    assertNothingIsLeft();
  }

  @Test
  void what_is_no_request_harms_no_later_one() throws Exception {
    try (Serving serving = new Serving(data())) {
      serving.store.add(conversation("one"));
      Files.createDirectories(data().resolve(BackupMail.create(data()).request() + "/full"));
      Files.write(BackupMail.create(data()).request(), new byte[20_000]);
      Files.write(BackupMail.create(data()).request(), new byte[] {(byte) 0xff, 0});
      Files.writeString(data().resolve("backup-nobody.request"), "x");
      assertThat(backUp(folder.resolve("backup.zip"))).isNull();
    }
  }

  @Test
  void without_a_server_the_command_says_so_and_takes_its_request_back() throws Exception {
    Files.createDirectories(data());
    BackupCommand command = new BackupCommand(data(), folder.resolve("backup.zip"), Duration.ZERO);
    assertThat(command.problem()).contains("no server answers in " + data());
    assertNothingIsLeft();
  }

  @Test
  void wrong_arguments_are_named() {
    assertThatThrownBy(() -> BackupCommand.run(List.of("--data", folder.toString())))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("--to");
    assertThatThrownBy(() -> BackupCommand.run(List.of("--to", "x", "--data", "/nowhere")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("/nowhere");
    assertThatThrownBy(() -> BackupCommand.run(List.of("--from", "x")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("backup --help");
  }

  @Test
  void a_file_that_has_not_grown_for_a_minute_is_given_up() {
    long second = TimeUnit.SECONDS.toNanos(1);
    Progress progress = new Progress(0);
    assertThat(progress.hasStopped(0, 50 * second)).isFalse();
    assertThat(progress.hasStopped(0, 110 * second)).isFalse();
    assertThat(progress.hasStopped(1, 111 * second)).isFalse();
    assertThat(progress.hasStopped(1, 171 * second)).isFalse();
    assertThat(progress.hasStopped(1, 172 * second)).isTrue();
  }

  /** A store and its desk, closed in the order of the server. */
  private static final class Serving implements AutoCloseable {
    final JdbcStore store;
    private final BackupDesk desk;

    Serving(Path data) {
      store = JdbcStore.inFolder(data);
      desk = BackupDesk.open(data, store);
    }

    @Override
    public void close() {
      desk.close();
      store.close();
    }
  }

  private String backUp(Path file) throws Exception {
    return new BackupCommand(data(), file, PATIENCE).problem();
  }

  private Path data() {
    return folder.resolve("data");
  }

  private static ConversationInfo conversation(String id) {
    return new ConversationInfo(
        id, null, "Tea?", List.of("Ann"), Instant.parse("2030-01-02T03:04:05Z"));
  }

  private Path unzipped(Path zip) throws IOException {
    Path restored = Files.createDirectory(folder.resolve("restored"));
    try (InputStream file = Files.newInputStream(zip);
        ZipInputStream entries = new ZipInputStream(file)) {
      assertThat(entries.getNextEntry().getName()).isEqualTo("agentstream.mv.db");
      Files.copy(entries, restored.resolve("agentstream.mv.db"));
    }
    return restored;
  }

  /** Neither requests and replies nor parts of backups. */
  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("backup-") || name.startsWith(".agentstream"));
    }
  }
}

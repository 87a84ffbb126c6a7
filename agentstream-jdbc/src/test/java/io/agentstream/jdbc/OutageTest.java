package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.redis.FreePort;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.Eventually;
import io.agentstream.test.LocalViewer;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.StoreLoad;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Real databases that are away under a server with conversations, and come back. */
@Timeout(180)
class OutageTest {

  private static final String USER = "postgres";

  @TempDir private Path folder;

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.agentstream");
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private volatile Supplier<StoreLoad> load;

  /** Something that a test does with a real database. */
  private interface Step {
    void run() throws IOException;
  }

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void conversations_outlive_a_disk_that_is_full_for_a_while() throws Exception {
    FullDisk.mount();
    String url = "jdbc:h2:full:" + folder.resolve("agentstream");
    outage(
        () -> JdbcStore.at(url, null, null), FullDisk::fill, FullDisk::makeRoom, "No space left");
  }

  @Test
  void conversations_outlive_a_postgresql_that_is_stopped_and_started() throws Exception {
    try (Restartable postgres = new Restartable(folder)) {
      outage(
          () -> JdbcStore.at(postgres.url(), USER, USER),
          postgres::stop,
          postgres::start,
          // A failure, or no answer in time.
          "Exception");
      assertThat(logged("ServerLock")).singleElement().asString().contains("it is locked again");
    }
  }

  private void outage(Supplier<JdbcStore> open, Step leave, Step comeBack, String reason)
      throws Exception {
    String tea;
    String coffee;
    try (StoredServer server = new StoredServer(open.get(), Timeouts.defaults(), listener())) {
      LocalViewer here = server.viewer();
      tea = here.start("Tea?");
      var first = server.model.awaitNext().tokens("Said ");
      LocalViewer there = server.viewer();
      coffee = there.start("Coffee?");
      var second = server.model.awaitNext().tokens("Said ");
      leave.run();
      here.command("send_message", Map.of("conversation_id", tea, "content", "And cake?"));
      for (Conversation conversation : server.hub.conversations()) {
        Eventually.await(() -> conversation.unpause().join() == SteeringOutcome.UNAVAILABLE);
      }
      first.tokens("while it was away.").complete();
      second.tokens("meanwhile.").complete();
      here.awaitText("m2", "Said while it was away.");
      there.awaitText("m2", "Said meanwhile.");
      here.await("conversation_paused");
      there.await("conversation_paused");
      assertThat(server.model.isIdle()).as("nobody takes the floor").isTrue();
      refusesAStart(server);
      refusesAStart(server);
      server.model.always(call -> call.tokens("Back.").complete());
      comeBack.run();
      here.await("conversation_ended");
      there.await("conversation_ended");
      Eventually.await(() -> load.get().queued() == 0);
    }
    assertThat(logged("StoreLog"))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("The store takes no writes: ").contains(reason),
            line -> assertThat(line).startsWith("Conversations pause until"),
            line -> assertThat(line).startsWith("The store takes writes again, after "));
    assertThat(logged("Reply")).doesNotHaveDuplicates();
    try (StoredServer server = new StoredServer(open.get(), Timeouts.defaults())) {
      assertThat(contents(server, tea)).contains("Said while it was away.", "And cake?", "Back.");
      assertThat(contents(server, coffee)).containsExactly("Coffee?", "Said meanwhile.", "Back.");
    }
  }

  private static void refusesAStart(StoredServer server) {
    LocalViewer late = server.viewer().command("start_conversation", Map.of("topic", "Cocoa?"));
    assertThat(late.await("error").at("/data/code").asText()).isEqualTo("unavailable");
  }

  private List<String> logged(String by) {
    return List.copyOf(lines.list).stream()
        .filter(line -> line.getLoggerName().endsWith("." + by))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private static List<String> contents(StoredServer server, String id) {
    return server
        .viewer()
        .join(id)
        .await("snapshot")
        .at("/data/messages")
        .findValuesAsText("content");
  }

  private DeliveryListener listener() {
    return new DeliveryListener() {
      @Override
      public void onStore(Supplier<StoreLoad> read) {
        load = read;
      }
    };
  }

  /** A PostgreSQL that is at the same port, with the same data, each time it starts. */
  private static final class Restartable implements AutoCloseable {

    private final Path data;
    private final int port = FreePort.next();
    private EmbeddedPostgres running;

    Restartable(Path folder) throws IOException {
      data = folder.resolve("postgres");
      start();
    }

    String url() {
      return running.getJdbcUrl(USER, USER);
    }

    void stop() throws IOException {
      running.close();
    }

    final void start() throws IOException {
      running =
          TestPostgres.onPort(port).setDataDirectory(data).setCleanDataDirectory(false).start();
    }

    @Override
    public void close() throws IOException {
      running.close();
    }
  }
}

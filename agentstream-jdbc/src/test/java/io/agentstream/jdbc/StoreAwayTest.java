package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Conversation;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.journal.UnavailableException;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.Eventually;
import io.agentstream.test.LocalViewer;
import io.agentstream.viewer.DeliveryListener;
import io.agentstream.viewer.StoreLoad;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that takes no writes for a while. */
@Timeout(180)
class StoreAwayTest {

  @TempDir private Path folder;

  private volatile boolean away;
  private volatile Supplier<StoreLoad> load;

  @Test
  void conversations_hold_until_the_store_is_back_and_nothing_that_was_shown_is_lost()
      throws Exception {
    String id;
    try (StoredServer server =
        new StoredServer(
            InterceptedStore.of(JdbcStore.inFolder(folder), this::failWhileAway),
            Timeouts.defaults(),
            listener())) {
      LocalViewer viewer = server.viewer();
      id = viewer.start("Tea?");
      var call = server.model.awaitNext();
      away = true;
      viewer.command("send_message", Map.of("conversation_id", id, "content", "And cake?"));
      Conversation conversation = server.hub.conversations().iterator().next();
      Eventually.await(() -> conversation.unpause().join() == SteeringOutcome.UNAVAILABLE);
      call.tokens("Said while it was away.").complete();
      assertThat(viewer.await("conversation_paused").at("/data/reason").asText())
          .isEqualTo("store");
      assertThat(server.viewer().join(id).await("snapshot").at("/data/pause_reason").asText())
          .isEqualTo("store");
      viewer.command("unpause_conversation", Map.of("conversation_id", id));
      assertThat(viewer.await("error").at("/data/code").asText()).isEqualTo("unavailable");
      assertThat(server.model.isIdle()).as("nobody takes the floor").isTrue();
      assertThat(load.get().failures()).isPositive();
      assertThat(load.get().queued()).isPositive();
      away = false;
      viewer.await("conversation_unpaused");
      server.model.awaitNext().tokens("Back.").complete();
      viewer.await("conversation_ended");
      Eventually.await(() -> load.get().queued() == 0);
      assertThat(load.get().writes()).isPositive();
      assertThat(load.get().writeNanos()).isPositive();
    }
    try (StoredServer server = new StoredServer(folder)) {
      assertThat(server.viewer().join(id).await("snapshot").toString())
          .contains("Said while it was away.", "And cake?", "Back.");
    }
  }

  @Test
  void a_server_that_stops_without_anything_to_write_counts_no_write() {
    StoredServer server =
        new StoredServer(JdbcStore.inFolder(folder), Timeouts.defaults(), listener());
    server.close();
    assertThat(load.get()).isEqualTo(new StoreLoad(0, 0, 0, 0));
  }

  @Test
  void a_problem_of_the_store_is_one_of_the_servers_health() {
    List<String> problems = new CopyOnWriteArrayList<>();
    try (StoredServer server =
        new StoredServer(
            InterceptedStore.reporting(JdbcStore.inFolder(folder), problems),
            Timeouts.defaults())) {
      assertThat(server.hub.health().problems()).isEmpty();
      problems.add("Another server has used this database");
      assertThat(server.hub.health().isHealthy()).isFalse();
      assertThat(server.hub.health().problems())
          .containsExactly("Another server has used this database");
    }
  }

  private DeliveryListener listener() {
    return new DeliveryListener() {
      @Override
      public void onStore(Supplier<StoreLoad> read) {
        load = read;
      }
    };
  }

  private void failWhileAway() {
    if (away) {
      throw new UnavailableException("The test has taken it away");
    }
  }
}

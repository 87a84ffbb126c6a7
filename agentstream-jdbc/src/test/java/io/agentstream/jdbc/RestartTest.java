package io.agentstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.ConversationAccess;
import io.agentstream.settings.Timeouts;
import io.agentstream.store.Store;
import io.agentstream.test.Eventually;
import io.agentstream.test.LocalViewer;
import io.agentstream.test.ScriptedModel;
import io.agentstream.time.ChatClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server on a real H2 that stops or crashes, and comes back. */
@Timeout(180)
class RestartTest {

  private static final String KEY = "5f0c8a7e-3b1d-4c29-9e64-d2a7b8c1f035";

  @TempDir private Path folder;

  @Test
  void an_ended_conversation_is_there_after_a_restart_and_continues_when_somebody_speaks()
      throws Exception {
    String id;
    JsonNode before;
    try (StoredServer server = new StoredServer(folder)) {
      server.model.answers("Tea", ", please.").answers("Coffee.");
      LocalViewer viewer = server.viewer();
      id = viewer.start("Tea or coffee?");
      viewer.await("conversation_ended");
      before = snapshot(server, id);
    }
    try (StoredServer server = new StoredServer(folder)) {
      LocalViewer viewer = server.viewer().join(id);
      assertThat(viewer.await("snapshot").path("data")).isEqualTo(before);
      assertThat(server.hub.conversations()).isEmpty();
      viewer.command("send_message", Map.of("conversation_id", id, "content", "And cake?"));
      viewer.await("accepted");
      server.model.awaitNext().tokens("Cake!").complete();
      server.model.awaitNext().tokens("No.").complete();
      viewer.awaitText("m5", "Cake!");
      JsonNode after = snapshot(server, id);
      assertThat(after.path("epoch").asLong()).isEqualTo(2);
      assertThat(after.at("/messages/1/usage")).isEqualTo(before.at("/messages/1/usage"));
    }
  }

  @Test
  void a_viewer_that_joins_and_speaks_in_one_breath_sees_the_answers() throws Exception {
    String id;
    try (StoredServer server = new StoredServer(folder)) {
      server.model.answers("Tea.").answers("Coffee.");
      LocalViewer viewer = server.viewer();
      id = viewer.start("Tea or coffee?");
      viewer.await("conversation_ended");
    }
    try (StoredServer server = new StoredServer(folder)) {
      LocalViewer viewer = server.viewer().join(id);
      viewer.command("send_message", Map.of("conversation_id", id, "content", "And cake?"));
      server.model.awaitNext().tokens("Cake!").complete();
      server.model.awaitNext().tokens("No.").complete();
      viewer.awaitText("m5", "Cake!");
      viewer.awaitText("m6", "No.");
    }
  }

  @Test
  void what_a_client_repeats_after_a_restart_has_no_second_effect_and_other_data_is_refused()
      throws Exception {
    Map<String, ?> start = Map.of("topic", "Tea or coffee?", "request_id", KEY);
    String id;
    Map<String, ?> message;
    try (StoredServer server = new StoredServer(folder)) {
      server.model.always(call -> call.tokens("Yes.").complete());
      LocalViewer viewer = server.viewer().command("start_conversation", start);
      id = viewer.await("accepted").path("conversation_id").asText();
      viewer.await("conversation_ended");
      message = Map.of("conversation_id", id, "content", "And cake?", "message_id", "1");
      viewer.command("send_message", message);
      viewer.await(frame -> said(frame).contains("And cake?"));
      Eventually.await(() -> Collections.frequency(viewer.types(), "conversation_ended") == 2);
      assertThat(snapshot(server, id).path("messages")).hasSize(6);
    }
    try (StoredServer server = new StoredServer(folder)) {
      LocalViewer viewer = server.viewer().command("start_conversation", start);
      assertThat(viewer.await("accepted").path("conversation_id").asText()).isEqualTo(id);
      LocalViewer sender = server.viewer().command("send_message", message);
      sender.await("accepted");
      assertThat(snapshot(server, id).path("messages")).hasSize(6);
      assertRefused(server, "start_conversation", Map.of("topic", "Milk?", "request_id", KEY));
      assertRefused(
          server,
          "send_message",
          Map.of("conversation_id", id, "content", "And pie?", "message_id", "1"));
    }
  }

  private static void assertRefused(StoredServer server, String command, Map<String, ?> data) {
    JsonNode error = server.viewer().command(command, data).await("error");
    assertThat(error.at("/data/code").asText()).as(command).isEqualTo("invalid_field");
  }

  @Test
  void a_conversation_that_leaves_memory_as_it_ends_has_its_end_in_the_store() throws Exception {
    try (Store store = JdbcStore.inFolder(folder);
        StoredServer server =
            new StoredServer(
                store, Timeouts.builder().endedConversation(Duration.ofMillis(1)).build())) {
      server.model.always(call -> call.tokens("Yes.").complete());
      for (int i = 0; i < 30; i++) {
        server.viewer().start("Tea or coffee?");
      }
      Eventually.await(() -> server.hub.load().keptConversations() == 0);
      Eventually.await(() -> store.unfinished(null, 100).isEmpty());
    }
  }

  @Test
  void so_has_one_whose_time_is_over_before_its_start_is_done() {
    Duration kept = Timeouts.defaults().endedConversation();
    ScriptedModel model = new ScriptedModel();
    model.always(call -> call.tokens("Yes.").complete());
    try (Store store = JdbcStore.inFolder(folder);
        ConversationHub hub =
            ConversationHub.builder()
                .agents(Agent.builder("Ann").model(model).build())
                .defaultMaxRounds(1)
                .access(ConversationAccess.everybody())
                .executor(Runnable::run)
                .clock(new ClockThatSkips(ChatClock.system(), kept))
                .store(store)
                .build()) {
      new LocalViewer(hub).start("Tea or coffee?");
      Eventually.await(() -> hub.load().keptConversations() == 0);
      Eventually.await(() -> store.unfinished(null, 100).isEmpty());
    }
  }

  /** A clock on which one delay is over at once. */
  private record ClockThatSkips(ChatClock clock, Duration skipped) implements ChatClock {
    @Override
    public long millis() {
      return clock.millis();
    }

    @Override
    public long nanoTime() {
      return clock.nanoTime();
    }

    @Override
    public Alarm schedule(Duration delay, Runnable task) {
      if (!delay.equals(skipped)) {
        return clock.schedule(delay, task);
      }
      task.run();
      return () -> {};
    }
  }

  @Test
  void whoever_was_cut_off_by_a_crash_speaks_again_from_the_last_finished_turn() throws Exception {
    Path copy;
    String id;
    try (StoredServer server = new StoredServer(folder)) {
      server.model.answers("Tea.");
      LocalViewer viewer = server.viewer();
      id = viewer.start("Tea or coffee?");
      server.model.awaitNext();
      viewer.awaitText("m2", "Tea.");
      viewer.command("send_message", Map.of("conversation_id", id, "content", "Wait!"));
      viewer.await(frame -> frame.path("type").asText().equals("accepted") && !isStart(frame));
      copy = StoredServer.crash(folder, folder.resolve("crashed"));
    }
    try (StoredServer server = new StoredServer(copy)) {
      server.model.awaitNext().tokens("Coffee.").complete();
      LocalViewer viewer = server.viewer().join(id);
      JsonNode texts = viewer.await(frame -> said(frame).contains("Wait!"));
      assertThat(said(texts)).contains("Tea.");
      viewer.awaitText("m4", "Coffee.");
      assertThat(snapshot(server, id).path("epoch").asLong()).isEqualTo(2);
    }
  }

  @Test
  void a_crash_takes_back_an_end_that_the_database_did_not_have_and_another_end_follows()
      throws Exception {
    Path copy;
    String id;
    JsonNode end;
    try (StoredServer server = new StoredServer(folder)) {
      LocalViewer viewer = server.viewer();
      id = viewer.start("Tea or coffee?");
      var first = server.model.awaitNext();
      copy = StoredServer.crash(folder, folder.resolve("crashed"));
      first.tokens("Lost.").complete();
      server.model.awaitNext().tokens("Lost, too.").complete();
      end = viewer.await("conversation_ended");
    }
    try (StoredServer server = new StoredServer(copy)) {
      var first = server.model.awaitNext();
      LocalViewer viewer = server.viewer().command("join_conversation", after(end, id));
      JsonNode snapshot = viewer.await("snapshot").path("data");
      assertThat(snapshot.path("state").asText()).isEqualTo("running");
      assertThat(snapshot.has("ended")).isFalse();
      assertThat(said(snapshot)).doesNotContain("Lost");
      first.tokens("Tea.").complete();
      server.model.awaitNext().tokens("Coffee.").complete();
      assertThat(viewer.awaitEnd().path("reason").asText()).isEqualTo("max_rounds");
      viewer.awaitText("m2", "Tea.");
      viewer.awaitText("m3", "Coffee.");
    }
  }

  private static Map<String, ?> after(JsonNode event, String id) {
    return Map.of("conversation_id", id, "epoch", 1, "after_seq", event.path("seq").asLong());
  }

  @Test
  void stopping_in_order_loses_not_even_the_turn_under_way() throws Exception {
    String id;
    StoredServer server = new StoredServer(folder);
    LocalViewer viewer = server.viewer();
    id = viewer.start("Tea or coffee?");
    var call = server.model.awaitNext();
    call.tokens("Tea");
    Thread stopping = new Thread(server::drain);
    stopping.start();
    Eventually.await(server.hub::isDraining);
    call.tokens(", please.").complete();
    stopping.join();
    try (StoredServer again = new StoredServer(folder)) {
      again.model.awaitNext().tokens("Coffee.").complete();
      LocalViewer late = again.viewer().join(id);
      late.awaitText("m2", "Tea, please.");
      late.awaitText("m3", "Coffee.");
      assertThat(again.model.calls()).hasSize(1);
    }
  }

  @Test
  void the_hub_does_not_close_on_the_thread_that_it_waits_for() throws Exception {
    CompletableFuture<String> closedOn = new CompletableFuture<>();
    try (StoredServer server = new StoredServer(folder)) {
      server.model.answers("Tea.").answers("Coffee.");
      LocalViewer viewer = server.viewer();
      viewer.start("Tea or coffee?");
      viewer.await("conversation_ended");
      CompletionStage<Void> unused =
          server.hub.drain().thenRun(() -> closedOn.complete(Thread.currentThread().getName()));
      assertThat(closedOn.join()).isNotEqualTo("agentstream-store");
    }
  }

  @Test
  void an_ended_conversation_leaves_memory_and_its_viewers_see_it_continue() throws Exception {
    Timeouts timeouts = Timeouts.builder().endedConversation(Duration.ofMillis(100)).build();
    try (StoredServer server = new StoredServer(JdbcStore.inFolder(folder), timeouts)) {
      server.model.answers("Tea.").answers("Coffee.");
      LocalViewer viewer = server.viewer();
      String id = viewer.start("Tea or coffee?");
      viewer.await("conversation_ended");
      Eventually.await(() -> server.hub.conversations().isEmpty());
      Eventually.await(() -> server.hub.load().keptConversations() == 0);
      server.model.answers("Cake.").answers("No.");
      LocalViewer other = server.viewer().join(id);
      other.await("snapshot");
      other.command("send_message", Map.of("conversation_id", id, "content", "And cake?"));
      other.await("accepted");
      viewer.await(frame -> said(frame).contains("And cake?"));
      viewer.await(frame -> said(frame).contains("Cake."));
      assertThat(viewer.types()).doesNotContain("left");
    }
  }

  private static boolean isStart(JsonNode accepted) {
    return accepted.at("/data/epoch").asLong() == 1;
  }

  private static String said(JsonNode frame) {
    return frame.path("data").toString();
  }

  /** Returns the view of a viewer that joins now. */
  private static JsonNode snapshot(StoredServer server, String id) {
    return server.viewer().join(id).await("snapshot").path("data");
  }
}

package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Conversation;
import io.agentstream.hub.ConversationHub;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ScriptedCall;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewerConnectionTest extends OneViewer {

  @Test
  void welcome_comes_first() {
    JsonNode welcome = socket.parsed().get(0);
    assertThat(welcome.get("type").asText()).isEqualTo("welcome");
    assertThat(welcome.at("/data/heartbeat_ms").asInt()).isEqualTo(20_000);
  }

  @Test
  void the_starter_is_answered_and_then_views_from_the_first_event() {
    model.answers("Hello");
    send("start_conversation", "{\"topic\":\"Tea?\",\"max_rounds\":1,\"agents\":[\"Ann\"]}");

    assertThat(types(socket))
        .containsExactly(
            "welcome",
            "accepted",
            "conversation_created",
            "conversation_started",
            "new_message",
            "speaker_change",
            "streaming_token",
            "streaming_complete",
            "new_message",
            "conversation_ended");
    assertThat(socket.of("accepted").get(0).get("in_reply_to").asText()).isEqualTo("1");
    assertGapFree(socket, 1);
  }

  @Test
  void one_frame_a_token_while_the_viewer_keeps_up() {
    start();
    ScriptedCall call = model.next();
    for (int i = 0; i < 200; i++) {
      call.tokens("t" + i + " ");
    }
    assertThat(socket.of("streaming_token")).hasSize(200);
    assertThat(socket.parsed()).noneMatch(frame -> frame.has("from_seq"));
  }

  @Test
  void tokens_merge_while_a_send_is_under_way() {
    start();
    ScriptedCall call = model.next();
    socket.stick();
    call.tokens("a", "b", "c", "d", "e");
    socket.unstick();

    List<JsonNode> tokens = socket.of("streaming_token");
    assertThat(tokens).hasSize(2);
    assertThat(tokens.get(0).at("/data/token").asText()).isEqualTo("a");
    JsonNode merged = tokens.get(1);
    assertThat(merged.at("/data/token").asText()).isEqualTo("bcde");
    assertThat(merged.at("/data/offset").asInt()).isEqualTo(1);
    assertThat(merged.get("seq").asLong() - merged.get("from_seq").asLong()).isEqualTo(3);
    assertGapFree(socket, 1);
  }

  @Test
  void a_merged_frame_is_bounded() {
    start();
    ScriptedCall call = model.next();
    socket.stick();
    String kilo = "x".repeat(1024);
    for (int i = 0; i < 100; i++) {
      call.tokens(kilo);
    }
    socket.unstick();

    assertThat(socket.frames).allMatch(frame -> frame.length() < 2 * Subscription.MAX_MERGED_CHARS);
    assertThat(text(socket, "m2")).hasSize(100 * 1024);
  }

  @Test
  void a_viewer_that_joins_with_a_position_gets_what_follows() {
    start();
    String id = id();
    model.next().tokens("a", "b", "c");
    FakeTransport second = new FakeTransport();
    send(
        hub.connect(second, false),
        "join_conversation",
        "{\"conversation_id\":\"" + id + "\",\"epoch\":1,\"after_seq\":5}");

    assertThat(second.of("joined").get(0).at("/data/mode").asText()).isEqualTo("replay");
    assertThat(second.of("joined").get(0).at("/data/from_seq").asLong()).isEqualTo(6);
    assertThat(second.of("joined").get(0).at("/data/to_seq").asLong()).isEqualTo(7);
    assertThat(text(second, "m2")).isEqualTo("bc");
    assertGapFree(second, 6);
  }

  @Test
  void a_viewer_without_a_position_gets_a_snapshot_and_what_follows() {
    start();
    ScriptedCall call = model.next().tokens("a", "b");
    FakeTransport second = new FakeTransport();
    send(hub.connect(second, false), "join_conversation", "{\"conversation_id\":\"" + id() + "\"}");
    call.tokens("c");

    JsonNode snapshot = second.of("snapshot").get(0).get("data");
    assertThat(snapshot.at("/open/0/content").asText()).isEqualTo("ab");
    assertThat(snapshot.at("/messages/0/content").asText()).isEqualTo("Tea?");
    assertThat(snapshot.get("state").asText()).isEqualTo("running");
    assertThat(second.last().at("/data/offset").asInt()).isEqualTo(2);
    assertGapFree(second, snapshot.get("seq").asLong() + 1);
  }

  @Test
  void another_epoch_or_a_position_ahead_gets_a_snapshot() {
    start();
    String id = id();
    for (String position : List.of("\"epoch\":2,\"after_seq\":1", "\"epoch\":1,\"after_seq\":99")) {
      FakeTransport second = new FakeTransport();
      send(
          hub.connect(second, false),
          "join_conversation",
          "{\"conversation_id\":\"" + id + "\"," + position + "}");
      assertThat(second.of("joined").get(0).at("/data/mode").asText()).isEqualTo("snapshot");
    }
  }

  @Test
  void a_viewer_the_journal_has_outrun_gets_a_snapshot_in_between() {
    ConversationHub small = hub(Limits.builder().journalEvents(10).build());
    FakeTransport slow = new FakeTransport();
    send(small.connect(slow, false), "start_conversation", "{\"topic\":\"Tea?\"}");
    ScriptedCall call = model.next().tokens("a");
    slow.stick();
    for (int i = 0; i < 50; i++) {
      call.tokens("b");
    }
    slow.unstick();
    call.tokens("c");

    JsonNode snapshot = slow.of("snapshot").get(0).get("data");
    assertThat(snapshot.at("/open/0/content").asText()).isEqualTo("a" + "b".repeat(50));
    assertThat(slow.last().at("/data/token").asText()).isEqualTo("c");
    assertThat(slow.last().get("seq").asLong()).isEqualTo(snapshot.get("seq").asLong() + 1);
  }

  @Test
  void a_viewer_that_has_left_hears_no_more_and_the_conversation_goes_on() {
    start();
    ScriptedCall call = model.next();
    send("leave_conversation", "{\"conversation_id\":\"" + id() + "\"}");
    call.tokens("unheard");

    assertThat(types(socket)).endsWith("left");
    assertThat(
            journal
                .read(id())
                .toCompletableFuture()
                .join()
                .orElseThrow()
                .snapshot()
                .content()
                .open()
                .get(0)
                .content())
        .isEqualTo("unheard");
  }

  @Test
  void a_stop_is_accepted_and_shows() {
    start();
    model.next().tokens("half");
    send("stop_conversation", "{\"conversation_id\":\"" + id() + "\"}");

    assertThat(types(socket))
        .endsWith("accepted", "streaming_complete", "new_message", "conversation_ended");
    assertThat(socket.of("streaming_complete").get(0).at("/data/finish_reason").asText())
        .isEqualTo("stopped");
    assertThat(socket.of("conversation_ended").get(0).at("/data/reason").asText())
        .isEqualTo("stopped");
  }

  @Test
  void the_same_request_id_is_the_same_conversation() {
    String data = "{\"topic\":\"Tea?\",\"request_id\":\"5f0c8a7e-3b1d-4c29-9e64-d2a7b8c1f035\"}";
    send("start_conversation", data);
    send("start_conversation", data);

    assertThat(hub.conversations()).hasSize(1);
    assertThat(socket.of("accepted"))
        .extracting(frame -> frame.at("/data/conversation_id").asText())
        .containsExactly(id(), id());
  }

  @Test
  void what_is_not_there_is_not_found() {
    for (String type : List.of("join_conversation", "stop_conversation")) {
      send(type, "{\"conversation_id\":\"nope\"}");
      assertThat(socket.last().at("/data/code").asText()).isEqualTo("not_found");
    }
  }

  @Test
  void an_agent_who_is_not_in_the_catalogue_is_named() {
    send("start_conversation", "{\"topic\":\"t\",\"agents\":[\"Zoe\"]}");
    assertThat(socket.last().at("/data/message").asText()).contains("'Zoe'");
    assertThat(socket.last().at("/data/code").asText()).isEqualTo("invalid_field");
  }

  @Test
  void without_a_subprotocol_the_original_dialect_is_spoken() {
    FakeTransport old = new FakeTransport();
    ViewerConnection page = hub.connect(old, true);
    send(page, "start_conversation", "{\"topic\":\"Tea?\",\"agents\":[\"Ann\"],\"max_rounds\":1}");
    ScriptedCall call = model.next().tokens("He", "llo");
    call.complete();

    String id = old.of("accepted").get(0).at("/data/conversation_id").asText();
    JsonNode token = old.of("streaming_token").get(1).get("data");
    assertThat(token.get("session_id").asText()).isEqualTo(id);
    assertThat(token.get("agent_name").asText()).isEqualTo("Ann");
    assertThat(token.get("round").asInt()).isEqualTo(1);
    assertThat(token.get("token").asText()).isEqualTo("llo");
    assertThat(token.get("full_content").asText()).isEqualTo("Hello");
    assertThat(token.get("is_complete").asBoolean()).isFalse();
    JsonNode complete = old.of("streaming_complete").get(0).get("data");
    assertThat(complete.get("is_complete").asBoolean()).isTrue();
    assertThat(complete.get("full_content").asText()).isEqualTo("Hello");
    assertThat(old.of("conversation_ended").get(0).at("/data/session_id").asText()).isEqualTo(id);
    clock.advance(Duration.ofSeconds(20));
    assertThat(old.pings).isEqualTo(1);
    assertThat(old.of("ping")).isEmpty();
  }

  @Test
  void closing_the_hub_tells_viewers_that_the_server_goes_away() {
    start();
    Conversation conversation = hub.conversations().iterator().next();
    hub.close();
    assertThat(socket.closeCode).isEqualTo(1001);
    assertThat(conversation.result()).isDone();

    FakeTransport late = new FakeTransport();
    hub.connect(late, false);
    assertThat(late.closeCode).isEqualTo(1001);
  }

  @Test
  void an_ended_conversation_is_kept_for_its_time_and_then_forgotten() {
    start();
    String id = id();
    hub.conversations().forEach(Conversation::stop);
    viewer.closed();

    clock.advance(Timeouts.defaults().endedConversation().minusSeconds(1));
    assertThat(journal.read(id).toCompletableFuture().join()).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(journal.read(id).toCompletableFuture().join()).isEmpty();
    assertThat(hub.conversations()).isEmpty();
    assertThat(clock.alarms()).isZero();
  }

  private static void assertGapFree(FakeTransport socket, long first) {
    long next = first;
    for (JsonNode frame : socket.parsed()) {
      if (frame.has("seq")) {
        long from = frame.path("from_seq").asLong(frame.get("seq").asLong());
        assertThat(from).isEqualTo(next);
        next = frame.get("seq").asLong() + 1;
      }
    }
    assertThat(next).isGreaterThan(first);
  }
}

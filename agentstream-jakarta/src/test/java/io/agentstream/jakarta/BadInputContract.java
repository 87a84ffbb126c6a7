package io.agentstream.jakarta;

import static io.agentstream.jakarta.ServedHub.agent;
import static io.agentstream.jakarta.ServedHub.assertPong;
import static io.agentstream.jakarta.ServedHub.hubOf;
import static io.agentstream.jakarta.ServedHub.saying;
import static io.agentstream.jakarta.ServedHub.start;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.hub.ConversationHub;
import io.agentstream.settings.Limits;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.socket.SocketViewer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Invalid input of a viewer, which harms nobody. */
interface BadInputContract extends ServedHub {

  /** A bad message and the error it gets; the message's id is x where {@code named}. */
  record Bad(String message, String code, boolean named) {
    static Bad message(String message, String code) {
      return new Bad(message, code, false);
    }

    /** A command with the id x. */
    static Bad command(String type, String data, String code) {
      return new Bad(
          """
          {"type": "%s", "id": "x", "data": %s}"""
              .formatted(type, data),
          code,
          true);
    }

    static Bad start(String data, String code) {
      return command("start_conversation", data, code);
    }
  }

  List<Bad> BAD_MESSAGES =
      List.of(
          Bad.message("", "invalid_json"),
          Bad.message("hello", "invalid_json"),
          Bad.message("{\"type\": \"ping\"", "invalid_json"),
          Bad.message("{\"type\": \"ping\"} {}", "invalid_json"),
          Bad.message("[]", "invalid_json"),
          Bad.message("[{\"type\": \"ping\"}]", "invalid_json"),
          Bad.message("null", "invalid_json"),
          Bad.message("\"ping\"", "invalid_json"),
          Bad.message("7", "invalid_json"),
          Bad.message("{\"type\": \"ping\", \"data\": " + "[".repeat(10_000), "invalid_json"),
          Bad.message(
              "{\"type\": \"ping\", \"data\": " + "[".repeat(20) + "]".repeat(20) + "}",
              "invalid_json"),
          new Bad("{\"id\": \"x\"}", "invalid_field", true),
          new Bad("{\"type\": null, \"id\": \"x\"}", "invalid_field", true),
          new Bad("{\"type\": 7, \"id\": \"x\"}", "invalid_field", true),
          new Bad("{\"type\": [\"ping\"], \"id\": \"x\"}", "invalid_field", true),
          Bad.message("{\"type\": \"ping\", \"id\": 7}", "invalid_field"),
          Bad.message("{\"type\": \"ping\", \"id\": \"" + "x".repeat(129) + "\"}", "invalid_field"),
          Bad.command("sing", "{}", "unknown_type"),
          Bad.command("PING", "{}", "unknown_type"),
          Bad.command("ping", "[]", "invalid_field"),
          Bad.start("7", "invalid_field"),
          new Bad("{\"type\": \"start_conversation\", \"id\": \"x\"}", "invalid_field", true),
          Bad.start("{}", "invalid_field"),
          Bad.start("{\"topic\": null}", "invalid_field"),
          Bad.start("{\"topic\": 7}", "invalid_field"),
          Bad.start("{\"topic\": [\"tea\"]}", "invalid_field"),
          Bad.start("{\"topic\": \"\"}", "invalid_field"),
          Bad.start("{\"topic\": \" \\n \"}", "invalid_field"),
          Bad.start("{\"topic\": \"" + "x".repeat(8_001) + "\"}", "limit_exceeded"),
          Bad.start("{\"topic\": \"tea\", \"agents\": \"Ada\"}", "invalid_field"),
          Bad.start("{\"topic\": \"tea\", \"agents\": []}", "invalid_field"),
          Bad.start("{\"topic\": \"tea\", \"agents\": [7]}", "invalid_field"),
          Bad.start("{\"topic\": \"tea\", \"agents\": [\"Zed\"]}", "invalid_field"),
          Bad.start("{\"topic\": \"tea\", \"agents\": [\"Ada\", \"Ada\"]}", "invalid_field"),
          Bad.start("{\"topic\": \"tea\", \"max_rounds\": 0}", "invalid_field"),
          Bad.start("{\"topic\": \"tea\", \"max_rounds\": -1}", "invalid_field"),
          Bad.start("{\"topic\": \"tea\", \"max_rounds\": 1.5}", "invalid_field"),
          Bad.start("{\"topic\": \"tea\", \"max_rounds\": \"3\"}", "invalid_field"),
          Bad.start("{\"topic\": \"tea\", \"max_rounds\": 1e99}", "invalid_field"),
          Bad.start("{\"topic\": \"tea\", \"max_rounds\": 99999999999999999999}", "invalid_field"),
          Bad.start("{\"topic\": \"tea\", \"max_rounds\": 51}", "limit_exceeded"),
          Bad.start("{\"topic\": \"tea\", \"speaker_selection\": \"x\"}", "invalid_field"),
          Bad.start("{\"topic\": \"tea\", \"request_id\": 7}", "invalid_field"),
          Bad.command("join_conversation", "{}", "invalid_field"),
          Bad.command("join_conversation", "{\"conversation_id\": 7}", "invalid_field"),
          Bad.command(
              "join_conversation",
              "{\"conversation_id\": \"a\", \"epoch\": 0, \"after_seq\": 1}",
              "invalid_field"),
          Bad.command(
              "join_conversation",
              "{\"conversation_id\": \"a\", \"epoch\": 1, \"after_seq\": -1}",
              "invalid_field"),
          Bad.command("join_conversation", "{\"conversation_id\": \"a\"}", "not_found"),
          Bad.command("stop_conversation", "{\"conversation_id\": \"a\"}", "not_found"),
          Bad.command("stop_conversation", "{}", "invalid_field"),
          Bad.command("leave_conversation", "{}", "invalid_field"));

  @Test
  default void each_bad_message_is_refused_with_its_code_and_harms_nothing() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(model);
    SocketViewer neighbour = viewer();
    String id = start(neighbour);
    SocketViewer viewer = viewer();
    ServedHub.join(viewer, id, 1, 0);
    List<JsonNode> frames = new ArrayList<>(viewer.until("speaker_change"));
    ScriptedCall answer = model.awaitNext();

    for (Bad bad : BAD_MESSAGES) {
      viewer.send(bad.message);
      assertRefused(viewer.next(), bad);
      answer.tokens("on ");
      frames.add(viewer.expect("streaming_token"));
      assertPong(viewer);
    }

    answer.complete();
    frames.addAll(viewer.until("conversation_ended"));
    List<String> expected = List.of("tea", "on ".repeat(BAD_MESSAGES.size()));
    assertThat(ConversationView.of(frames).messages()).isEqualTo(expected);
    assertThat(new ConversationView().toTheEnd(neighbour).messages()).isEqualTo(expected);
  }

  private static void assertRefused(JsonNode error, Bad bad) {
    assertThat(error.get("type").asText()).as(bad.message).isEqualTo("error");
    assertThat(error.has("seq")).isFalse();
    assertThat(error.path("in_reply_to").asText()).as(bad.message).isEqualTo(bad.named ? "x" : "");
    JsonNode data = error.get("data");
    assertThat(data.get("code").asText()).as(bad.message).isEqualTo(bad.code);
    assertThat(data.get("message").asText()).isNotBlank().doesNotContain("Exception");
    assertThat(data.get("retryable").asBoolean(true)).isFalse();
    assertThat(data.get("fatal").asBoolean(true)).isFalse();
  }

  @Test
  default void unknown_fields_are_ignored() throws Exception {
    serve(saying("Hi"));
    SocketViewer viewer = viewer();

    viewer.send(
        """
        {"type": "start_conversation", "mood": 1, "data": {"topic": "tea", "mood": {}}}""");

    viewer.expect("accepted");
  }

  @Test
  default void a_message_of_a_mebibyte_in_one_frame_is_refused_and_the_connection_lives()
      throws Exception {
    serve(saying("Hi"));
    SocketViewer viewer = viewer();

    viewer.send("x".repeat(1 << 20));

    assertThat(viewer.expect("error").at("/data/code").asText()).isEqualTo("limit_exceeded");
    assertPong(viewer);
  }

  @Test
  default void a_message_of_a_mebibyte_in_many_fragments_is_refused_and_the_connection_lives()
      throws Exception {
    serve(saying("Hi"));
    SocketViewer viewer = viewer();

    viewer.sendInParts("x".repeat(1 << 20), 1_000);

    assertThat(viewer.expect("error").at("/data/code").asText()).isEqualTo("limit_exceeded");
    assertPong(viewer);
  }

  @Test
  default void a_message_just_under_the_limit_is_taken_in_one_frame_or_many() throws Exception {
    serve(saying("Hi"));
    SocketViewer viewer = viewer();
    String ping = "{\"type\": \"ping\", \"data\": {\"é\": \"€\", \"pad\": \"%s\"}}";
    String padded = ping.formatted("x".repeat(65_536 - ping.length() + 2 - 3));

    viewer.send(padded);
    viewer.expect("pong");
    viewer.sendInParts(padded, 7);
    viewer.expect("pong");
    viewer.send(padded + " ");
    assertThat(viewer.expect("error").at("/data/code").asText()).isEqualTo("limit_exceeded");
  }

  @Test
  default void ten_bad_messages_in_a_row_close_the_connection_with_4501_and_harm_no_other()
      throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(model);
    SocketViewer neighbour = viewer();
    String id = start(neighbour);
    SocketViewer viewer = viewer();
    ServedHub.join(viewer, id);
    viewer.until("snapshot");

    for (int i = 0; i < 9; i++) {
      viewer.send("bad");
      viewer.expect("error");
    }
    viewer.send("bad");

    assertThat(viewer.closeCode()).isEqualTo(4501);
    ScriptedCall answer = model.awaitNext();
    answer.tokens("Unharmed");
    answer.complete();
    assertThat(new ConversationView().toTheEnd(neighbour).messages())
        .containsExactly("tea", "Unharmed");
  }

  @Test
  default void nine_bad_messages_and_a_good_one_begin_the_count_anew() throws Exception {
    serve(saying("Hi"));
    SocketViewer viewer = viewer();

    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 9; i++) {
        viewer.send("bad");
        viewer.expect("error");
      }
      assertPong(viewer);
    }
  }

  @Test
  default void fragments_and_pongs_without_end_close_the_connection() throws Exception {
    serve(hubOf(saying("Hi")).limits(Limits.builder().messagesPerMinute(10).build()));
    SocketViewer fragments = viewer();
    SocketViewer pongs = viewer();
    SocketViewer neighbour = viewer();

    fragments.sendFragmentsUntilClosed(1_500);
    pongs.sendPongsUntilClosed(1_500);

    // A socket that is closed before all was read resets the connection (RFC 2525, 2.17), and a
    // client that still sends may see the reset, 1006, ahead of the close frame.
    assertThat(fragments.closeCode()).isIn(4004, 1006);
    assertThat(pongs.closeCode()).isIn(4004, 1006);
    assertPong(neighbour);
  }

  @Test
  default void a_binary_message_closes_the_connection_with_1003() throws Exception {
    serve(saying("Hi"));
    SocketViewer viewer = viewer();

    viewer.sendBinary((byte) 1, (byte) 2);

    assertThat(viewer.closeCode()).isEqualTo(1003);
  }

  @Test
  default void an_agent_can_be_chosen_by_name() throws Exception {
    ScriptedModel model = saying("Hi");
    serve(
        ConversationHub.builder()
            .agents(agent("Ada", model), agent("Bob", model))
            .defaultMaxRounds(1));
    SocketViewer viewer = viewer();

    viewer.send(
        """
        {"type": "start_conversation", "data": {"topic": "tea", "agents": ["Bob"]}}""");

    assertThat(viewer.until("conversation_ended"))
        .filteredOn(frame -> frame.get("type").asText().equals("speaker_change"))
        .extracting(frame -> frame.at("/data/agent_name").asText())
        .containsExactly("Bob");
  }
}

package io.agentstream.jakarta;

import static io.agentstream.jakarta.ServedHub.assertPong;
import static io.agentstream.jakarta.ServedHub.hubOf;
import static io.agentstream.jakarta.ServedHub.saying;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.socket.SocketViewer;
import io.agentstream.test.socket.TestSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections without a subprotocol, as pages written for the original system open them. */
interface OriginalDialectContract extends ServedHub {

  @Test
  default void tokens_repeat_the_agent_the_round_and_the_text_so_far() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(model);
    SocketViewer page = page();
    page.send(
        """
        {"type": "start_conversation", "data": {"topic": "tea"}}""");
    String id = page.expect("accepted").at("/data/conversation_id").asText();
    page.until("speaker_change");
    ScriptedCall answer = model.awaitNext();

    answer.tokens("Hello ");
    page.expect("streaming_token");
    answer.tokens("world");

    assertThat(page.expect("streaming_token").get("data"))
        .isEqualTo(
            SocketViewer.parse(
                """
                {"session_id": "%s", "message_id": "m2", "agent_name": "Ada", "round": 1,
                 "token": "world", "full_content": "Hello world", "is_complete": false}"""
                    .formatted(id)));
    answer.usage(3, 2).complete();
    assertThat(page.expect("streaming_complete").get("data"))
        .isEqualTo(
            SocketViewer.parse(
                """
                {"session_id": "%s", "message_id": "m2", "agent_name": "Ada", "round": 1,
                 "full_content": "Hello world", "length": 11, "finish_reason": "stop",
                 "usage": {"input_tokens": 3, "output_tokens": 2, "total_tokens": 5},
                 "is_complete": true}"""
                    .formatted(id)));
  }

  @Test
  default void every_event_names_its_session() throws Exception {
    serve(saying("Hello ", "world"));
    SocketViewer page = page();

    page.send(
        """
        {"type": "start_conversation", "data": {"topic": "tea"}}""");

    String id = page.expect("accepted").at("/data/conversation_id").asText();
    List<JsonNode> events = page.until("conversation_ended");
    assertThat(events).allMatch(event -> event.at("/data/session_id").asText().equals(id));
    assertThat(events).allMatch(event -> event.has("timestamp"));
    assertThat(events.get(0).get("type").asText()).isEqualTo("conversation_created");
  }

  @Test
  default void a_page_that_joins_in_the_middle_of_a_message_gets_its_whole_text() throws Exception {
    ScriptedModel model = new ScriptedModel();
    serve(model);
    String id = ServedHub.start(viewer());
    ScriptedCall answer = model.awaitNext();
    answer.tokens("Hello ");
    SocketViewer page = page();
    ServedHub.join(page, id);
    page.until("snapshot");

    answer.tokens("world");

    JsonNode token = page.expect("streaming_token").get("data");
    assertThat(token.get("full_content").asText()).isEqualTo("Hello world");
    assertThat(token.get("agent_name").asText()).isEqualTo("Ada");
  }

  @Test
  default void liveness_is_checked_by_websocket_pings_and_no_message() throws Exception {
    ManualClock clock = new ManualClock();
    serve(hubOf(saying("Hi")).clock(clock).timeouts(LivenessContract.PATIENT));
    SocketViewer page = page();

    clock.advance(LivenessContract.HEARTBEAT);

    page.expectWebSocketPing();
    assertPong(page);
  }

  @Test
  default void a_page_whose_browser_answers_websocket_pings_stays() throws Exception {
    ManualClock clock = new ManualClock();
    serve(hubOf(saying("Hi")).clock(clock).timeouts(LivenessContract.PATIENT));
    SocketViewer page = page();

    for (int i = 0; i < 5; i++) {
      clock.advance(LivenessContract.HEARTBEAT);
      page.expectWebSocketPing();
      assertPong(page);
    }
  }

  @Test
  default void a_page_that_answers_no_websocket_ping_is_closed_with_4002() throws Exception {
    ManualClock clock = new ManualClock();
    serve(hubOf(saying("Hi")).clock(clock).timeouts(LivenessContract.PATIENT));
    SocketViewer page = page();
    page.stopReading();
    assertPong(page);

    clock.advance(LivenessContract.HEARTBEAT);
    clock.advance(LivenessContract.PATIENCE);

    page.readAgain();
    // It finds the ping first, and where the line is closed already, its pong finds that out.
    assertThat(page.closeCode()).isIn(4002, TestSocket.NO_CLOSE_FRAME);
  }

  private SocketViewer page() {
    SocketViewer page = connect();
    page.expect("welcome");
    assertPong(page);
    return page;
  }
}

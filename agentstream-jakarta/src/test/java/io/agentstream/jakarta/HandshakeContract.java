package io.agentstream.jakarta;

import static io.agentstream.jakarta.ServedHub.assertPong;
import static io.agentstream.jakarta.ServedHub.saying;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.test.socket.SocketViewer;
import jakarta.websocket.Session;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** From the handshake to the welcome. */
interface HandshakeContract extends ServedHub {

  @Test
  default void the_first_frame_is_welcome_with_all_its_fields() throws Exception {
    serve(saying("Hi"));

    JsonNode welcome = connect("agentstream.v1").expect("welcome");

    assertThat(welcome.get("timestamp").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(welcome.at("/data/connection_id").asText()).hasSize(22);
    assertThat(welcome.get("data"))
        .isEqualTo(
            SocketViewer.parse(
                """
                {"connection_id": "%s", "heartbeat_ms": 20000, "authenticated": false,
                 "limits": {"max_message_bytes": 65536, "max_agents": 16, "max_rounds": 50,
                            "max_topic_chars": 8000}}"""
                    .formatted(welcome.at("/data/connection_id").asText())));
  }

  @Test
  default void each_connection_has_an_id_of_its_own() throws Exception {
    serve(saying("Hi"));

    String first = connect("agentstream.v1").next().at("/data/connection_id").asText();
    String second = connect("agentstream.v1").next().at("/data/connection_id").asText();

    assertThat(first).isNotEqualTo(second);
  }

  @Test
  default void version_one_is_chosen_wherever_it_stands_among_the_offered() throws Exception {
    serve(saying("Hi"));

    SocketViewer viewer = connect("agentstream.v9", "chat", "agentstream.v1");

    assertThat(viewer.subprotocol()).isEqualTo("agentstream.v1");
    viewer.expect("welcome");
    assertPong(viewer);
  }

  @Test
  default void unknown_subprotocols_only_are_answered_with_one_of_them_and_closed_with_4505()
      throws Exception {
    serve(saying("Hi"));

    SocketViewer viewer = connect("agentstream.v9", "chat");

    assertThat(viewer.subprotocol()).isIn("agentstream.v9", "chat");
    assertThat(viewer.closeCode()).isEqualTo(4505);
  }

  @Test
  default void no_subprotocol_is_answered_with_none() throws Exception {
    serve(saying("Hi"));

    SocketViewer viewer = connect();

    assertThat(viewer.subprotocol()).isEmpty();
    viewer.expect("welcome");
  }

  @Test
  default void deflate_is_not_accepted_though_it_is_offered() throws Exception {
    serve(saying("Hi"));

    try (BareViewer viewer =
        new BareViewer(
            endpoint(),
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-other")) {
      assertThat(viewer.status()).contains(" 101 ");
      assertThat(viewer.headers("Sec-WebSocket-Extensions")).isEmpty();
      assertThat(viewer.next()).contains("\"welcome\"");
    }
  }

  @Test
  default void the_idle_timeout_of_a_session_is_30_minutes() throws Exception {
    BlockingQueue<Session> sessions = new LinkedBlockingQueue<>();
    serve(
        ServedHub.hubOf(saying("Hi")), container -> SessionWatch.around(container, sessions::add));

    viewer();

    Session session = sessions.poll(SocketViewer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(session).isNotNull();
    assertThat(session.getMaxIdleTimeout()).isEqualTo(Duration.ofMinutes(30).toMillis());
  }
}

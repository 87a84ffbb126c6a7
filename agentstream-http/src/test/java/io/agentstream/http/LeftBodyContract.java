package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.RawConnection;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are refused while the client still sends their bodies. */
abstract class LeftBodyContract {

  private static final int MAX_BYTES = 4_096;
  private static final String JSON = "Content-Type: application/json";

  private final ManualClock clock = new ManualClock();
  private ServedDoors served;

  /** Returns a container that has not been started. */
  abstract EmbeddedServer container();

  @BeforeEach
  void start() throws Exception {
    served =
        ServedDoors.start(
            container(),
            ConversationHub.builder()
                .agents(Agent.builder("Ada").model(new ScriptedModel()).build())
                .limits(Limits.builder().maxMessageBytes(MAX_BYTES).build()),
            clock);
  }

  @AfterEach
  void stop() throws Exception {
    served.stop();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "another type,     POST, /api/conversations,         Content-Type: text/plain,      3000, 415",
    "a coding,         POST, /api/conversations,         Content-Encoding: gzip,        3000, 415",
    "no path,          POST, /api/nothing,               Content-Type: application/json, 3000, 404",
    "another method,   PUT,  /api/conversations,         Content-Type: application/json, 3000, 405",
    "a foreign page,   POST, /api/conversations,         Origin: https://evil.test,     3000, 403",
    "a little too long, POST, /api/conversations,        Content-Type: application/json, 4097, 413",
    "much too long,    POST, /api/conversations,         Content-Type: application/json, 2000000, 413",
    "far too long,     POST, /api/conversations/import,  Content-Type: application/json, 8000000, 413",
    "OpenAI's form,    POST, /v1/chat/completions,       Content-Type: text/plain,      3000, 415",
    "a run,            POST, /agui,                      Content-Type: text/plain,      3000, 415",
  })
  void a_refused_client_loses_neither_the_answer_nor_the_connection(
      String name, String method, String path, String header, int length, int status)
      throws Exception {
    try (RawConnection line = new RawConnection(served.root())) {
      line.send(method + " " + path, header, "Content-Length: " + length);
      line.sendBytes("x".repeat(length / 2));
      line.sendBytes("x".repeat(length - length / 2));

      RawConnection.Answer refusal = line.read();
      assertThat(refusal.status()).isEqualTo(status);
      goesOnAsAnnounced(line, refusal);
    }
  }

  /** Tomcat closes after some statuses, such as 413, and says so. */
  private static void goesOnAsAnnounced(RawConnection line, RawConnection.Answer refusal)
      throws Exception {
    if (refusal.header("connection") != null) {
      assertThat(refusal.header("connection")).isEqualTo("close");
      assertThat(line.isAtItsEnd()).isTrue();
      return;
    }
    line.send("GET /api/agents");
    assertThat(line.read().status()).isEqualTo(200);
  }

  @Test
  void a_body_in_chunks_that_is_too_long_is_received_to_its_end() throws Exception {
    try (RawConnection line = new RawConnection(served.root())) {
      line.send("POST /api/conversations", JSON, "Transfer-Encoding: chunked");
      for (int i = 0; i < 10; i++) {
        line.sendBytes("3e8\r\n" + "x".repeat(1_000) + "\r\n");
      }
      line.sendBytes("0\r\n\r\n");

      RawConnection.Answer refusal = line.read();
      assertThat(refusal.status()).isEqualTo(413);
      goesOnAsAnnounced(line, refusal);
    }
  }

  @Test
  void a_client_that_waits_for_permission_gets_the_refusal_at_once() throws Exception {
    try (RawConnection line = new RawConnection(served.root())) {
      line.send(
          "POST /api/conversations",
          "Content-Type: text/plain",
          "Content-Length: 3000",
          "Expect: 100-continue");

      RawConnection.Answer refusal = line.read();
      assertThat(refusal.status()).isEqualTo(415);
      assertThat(refusal.header("connection")).isEqualTo("close");
      assertThat(line.isAtItsEnd()).isTrue();
    }
  }

  @Test
  void a_client_that_stops_before_its_body_is_refused_after_five_seconds() throws Exception {
    try (RawConnection line = new RawConnection(served.root())) {
      line.send("POST /api/conversations", "Content-Type: text/plain", "Content-Length: 3000");
      clock.awaitAlarm(Duration.ofSeconds(5));
      clock.advance(Duration.ofSeconds(5));

      RawConnection.Answer refusal = line.read();
      assertThat(refusal.status()).isEqualTo(415);
      assertThat(refusal.header("connection")).isEqualTo("close");
    }
  }

  @Test
  void a_body_beyond_all_bounds_is_not_waited_for() throws Exception {
    try (RawConnection line = new RawConnection(served.root())) {
      line.send("POST /api/conversations", JSON, "Content-Length: 999999999999");

      RawConnection.Answer refusal = line.read();
      assertThat(refusal.status()).isEqualTo(413);
      assertThat(refusal.header("connection")).isEqualTo("close");
      assertThat(line.isAtItsEnd()).isTrue();
    }
  }

  @Test
  void a_response_that_leaves_a_body_unread_says_that_the_connection_closes() throws Exception {
    try (RawConnection line = new RawConnection(served.root())) {
      line.send("GET /api/schema/openapi.json", "Content-Length: 3000");

      RawConnection.Answer schema = line.read();
      assertThat(schema.status()).isEqualTo(200);
      assertThat(schema.header("connection")).isEqualTo("close");
    }
  }
}

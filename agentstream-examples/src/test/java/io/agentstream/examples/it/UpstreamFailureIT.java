package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.agentstream.test.internal.RefusingPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A model server that does not serve. The key must turn up nowhere, whatever the answer says. */
@Timeout(300)
class UpstreamFailureIT {

  private static final String KEY = "sk-canary-5d1f0c";

  @Test
  void a_server_that_is_down_is_told_to_viewers_and_in_the_log() throws IOException {
    try (RefusingPort port = new RefusingPort()) {
      assertFails(
          port.baseUrl(),
          "The model server cannot be reached.",
          "is it running, and is the base URL right?");
    }
  }

  @Test
  void a_server_that_refuses_the_key_is_told_to_viewers_and_in_the_log() throws IOException {
    HttpServer refusing =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    refusing.createContext("/", UpstreamFailureIT::refuse);
    refusing.start();
    try {
      assertFails(
          "http://127.0.0.1:" + refusing.getAddress().getPort() + "/v1",
          "The model server refused the request.",
          "check the API key");
    } finally {
      refusing.stop(0);
    }
  }

  private static void assertFails(String baseUrl, String toViewers, String toOperators) {
    Map<String, String> environment = Map.of("OPENAI_BASE_URL", baseUrl, "OPENAI_API_KEY", KEY);
    try (ServerProcess server = ServerProcess.start(environment)) {
      Viewer viewer = Viewer.connect(HttpClient.newHttpClient(), server.webSocket());
      viewer.send("start_conversation", Map.of("topic", "Tea?"));
      JsonNode ended = viewer.first("conversation_ended").join();

      List<JsonNode> errors = Watched.by(viewer).isGapFree().of("error");
      assertThat(errors)
          .extracting(e -> e.at("/data/code").asText())
          .containsOnly("upstream_error");
      assertThat(errors).extracting(e -> e.at("/data/message").asText()).containsOnly(toViewers);
      // Two turns are skipped, the third in a row ends the run.
      assertThat(errors)
          .extracting(e -> e.at("/data/fatal").asBoolean())
          .containsExactly(false, false, true);
      assertThat(ended.at("/data/reason").asText()).isEqualTo("failed");

      server.terminate();
      assertThat(server.awaitExit()).isZero();
      assertThat(server.errors()).contains("'Mia'", toOperators).doesNotContain("\tat ");
      assertThat(server.errors() + server.output() + viewer.frames()).doesNotContain("canary");
    }
  }

  /** Quotes the key in its answer, as some providers do. */
  private static void refuse(HttpExchange exchange) throws IOException {
    String key = exchange.getRequestHeaders().getFirst("Authorization");
    byte[] body =
        ("{\"error\": {\"message\": \"Incorrect API key provided: " + key + "\"}}")
            .getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(401, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}

package io.agentstream.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class CompletionServerTest {

  private static final CompletionServer SERVER =
      CompletionServer.start(
          request ->
              List.of(
                  new TimedToken("Hel", 0),
                  new TimedToken("lo ", 1),
                  new TimedToken("\"你\"\n", 0)));

  private final HttpClient client = HttpClient.newHttpClient();

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @Test
  void it_streams_as_openai_does() throws Exception {
    HttpResponse<String> response =
        post(
            """
            {"model": "m", "stream": true, "stream_options": {"include_usage": true},
             "messages": [{"role": "user", "content": "12345678", "name": "x"}], "n": 1}
            """);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type"))
        .hasValue("text/event-stream; charset=utf-8");
    assertThat(response.body()).endsWith("data: [DONE]\n\n");
    List<JsonNode> chunks = chunks(response.body());
    assertThat(chunks)
        .extracting(chunk -> chunk.at("/choices/0/delta/content").asText())
        .containsExactly("", "Hel", "lo ", "\"你\"\n", "", "");
    assertThat(chunks.get(4).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(chunks.get(5).at("/usage/prompt_tokens").asInt()).isEqualTo(2);
    assertThat(chunks.get(5).at("/usage/completion_tokens").asInt()).isEqualTo(3);
    assertThat(chunks.get(5).at("/usage/total_tokens").asInt()).isEqualTo(5);
    assertThat(chunks).extracting(chunk -> chunk.get("model").asText()).containsOnly("m");
  }

  @Test
  void usage_is_told_only_to_those_who_ask() throws Exception {
    HttpResponse<String> response =
        post(
            """
            {"model": "m", "stream": true, "messages": [{"role": "user", "content": "x"}]}
            """);
    assertThat(response.body()).doesNotContain("usage").endsWith("data: [DONE]\n\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"model\": \"m\", \"stream\": true}",
        "{\"model\": \"m\", \"stream\": true, \"messages\": []}",
        "{\"model\": \"m\", \"stream\": true, \"messages\": [null]}",
        "{\"model\": \"m\", \"stream\": true, \"messages\": [{\"role\": \"user\"}]}",
        "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}"
      })
  void what_it_cannot_answer_it_refuses(String body) throws Exception {
    HttpResponse<String> response = post(body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"error\"");
  }

  @Test
  void nothing_else_is_there() throws Exception {
    URI other = URI.create(SERVER.baseUrl() + "/models");
    HttpRequest request = HttpRequest.newBuilder(other).build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    URI uri = URI.create(SERVER.baseUrl() + "/chat/completions");
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static List<JsonNode> chunks(String body) throws IOException {
    List<JsonNode> chunks = new ArrayList<>();
    for (String event : body.strip().split("\n\n", -1)) {
      assertThat(event).startsWith("data: ");
      if (!event.equals("data: [DONE]")) {
        chunks.add(new JsonMapper().readTree(event.substring("data: ".length())));
      }
    }
    return chunks;
  }
}

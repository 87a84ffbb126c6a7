package io.agentstream.http.served;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Sends requests and reads whole responses. The build lets a module's tests set the host and the
 * origin by the system property {@code jdk.httpclient.allowRestrictedHeaders}.
 */
public record HttpAnswers(URI root) {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public Answer get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  public Answer post(String path, String json, String... headers) {
    return send("POST", path, json, headers);
  }

  /**
   * Starts a conversation about tea, and returns its id.
   *
   * @param headers names and values in turn
   */
  public String start(String... headers) {
    Answer started = post("/api/conversations", "{\"topic\":\"tea\"}", headers);
    assertThat(started.status()).as(started.response().body()).isEqualTo(201);
    return started.json().get("conversation_id").asText();
  }

  /**
   * Sends a request.
   *
   * @param json the body, sent as JSON unless a header says otherwise; null for none
   * @param headers names and values in turn
   */
  public Answer send(String method, String path, String json, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(root + path))
            .timeout(Duration.ofMinutes(1))
            .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
    boolean typed = false;
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
      typed |= headers[i].equalsIgnoreCase("Content-Type");
    }
    if (json != null && !typed) {
      request.header("Content-Type", "application/json");
    }
    try {
      return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A whole response. */
  public record Answer(HttpResponse<String> response) {

    public int status() {
      return response.statusCode();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    public JsonNode json() {
      try {
        return MAPPER.readTree(response.body());
      } catch (JsonProcessingException e) {
        throw new AssertionError("No JSON: " + response.body(), e);
      }
    }

    /** Returns the code of a problem. */
    public String code() {
      return json().path("code").asText(null);
    }
  }
}

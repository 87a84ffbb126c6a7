package io.agentstream.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.time.ChatClock.Alarm;
import io.agentstream.upstream.EventDrivenHttpClient;
import io.agentstream.upstream.LenientJson;
import io.agentstream.upstream.StreamSink;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The state that all calls of a model share. Thread-safe.
 *
 * @param headers the headers of each request, one of which is the key
 * @param log the log of the model's class, whose level users set
 */
record Connection(
    EventDrivenHttpClient http,
    Endpoint endpoint,
    Map<String, String> headers,
    RequestWriter writer,
    LearntQuirks learnt,
    ToolCallIds ids,
    Logger log) {

  void send(JsonNode body, StreamSink sink) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.chatCompletions())
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(BodyPublishers.ofByteArray(bytes(body)));
    headers.forEach(request::setHeader);
    http.stream(request.build(), sink);
  }

  private static byte[] bytes(JsonNode body) {
    try {
      // Through a string, because Jackson fails on half a surrogate pair when it writes bytes.
      return LenientJson.MAPPER.writeValueAsString(body).getBytes(UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Every tree can be written", e);
    }
  }

  /** Returns the server's refusals for a model, as learnt by all models of this process. */
  Quirks quirks(@Nullable String model) {
    return learnt.of(endpoint, model == null ? "" : model);
  }

  Alarm schedule(Duration delay, Runnable task) {
    return http.clock().schedule(delay, task);
  }

  /** Returns the server's host and port, for the log. */
  String server() {
    return endpoint.server();
  }

  /** Returns a text without the headers, because one of them is the key. */
  @Override
  public String toString() {
    return server();
  }
}

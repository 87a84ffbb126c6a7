package io.agentstream.benchmarks.quarkus;

import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Multi;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;

/** The same job with WebSockets Next: a stream of frames for each topic. */
@WebSocket(path = "/ws")
public class ChatSocket {

  @Inject Chat chat;

  @OnTextMessage
  public Multi<String> onMessage(String topic, WebSocketConnection connection) {
    String messageId = UUID.randomUUID().toString();
    StringBuilder content = new StringBuilder();
    Multi<String> tokens =
        chat.answer(topic)
            .map(
                token -> {
                  content.append(token);
                  return frame(
                      "streaming_token",
                      about(connection, messageId).put("token", token).put("is_complete", false));
                });
    Multi<String> end =
        Multi.createFrom()
            .items(
                () ->
                    java.util.stream.Stream.of(
                        frame(
                            "streaming_complete",
                            about(connection, messageId)
                                .put("full_content", content.toString())
                                .put("is_complete", true)),
                        frame(
                            "conversation_ended",
                            new JsonObject().put("session_id", connection.id()))));
    return Multi.createBy().concatenating().streams(tokens, end);
  }

  private static JsonObject about(WebSocketConnection connection, String messageId) {
    return new JsonObject()
        .put("session_id", connection.id())
        .put("message_id", messageId)
        .put("agent_name", "Ann")
        .put("round", 1);
  }

  private static String frame(String type, JsonObject data) {
    return new JsonObject()
        .put("type", type)
        .put("timestamp", Instant.now().toString())
        .put("data", data)
        .encode();
  }
}

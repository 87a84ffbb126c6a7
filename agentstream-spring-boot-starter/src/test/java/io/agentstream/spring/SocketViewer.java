package io.agentstream.spring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentstream.test.schema.ConnectionCheck;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A viewer over a real socket. Every wait has a bound that only a failing test meets. */
final class SocketViewer implements WebSocket.Listener {

  private static final long PATIENCE_SECONDS = 60;
  private static final JsonMapper JSON = new JsonMapper();

  private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final ConnectionCheck check = ConnectionCheck.strict();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  /**
   * @param cookie sent with the handshake; null for none
   */
  SocketViewer(HttpClient client, URI endpoint, @Nullable String cookie) {
    WebSocket.Builder builder = client.newWebSocketBuilder().subprotocols("agentstream.v1");
    if (cookie != null) {
      builder.header("Cookie", cookie);
    }
    this.socket = join(builder.buildAsync(endpoint, this));
  }

  SocketViewer send(String command) {
    check.sent(command);
    join(socket.sendText(command, true));
    return this;
  }

  /** Starts a conversation about a topic and returns its id. */
  String start(String data) {
    send("{\"type\": \"start_conversation\", \"id\": \"s\", \"data\": %s}".formatted(data));
    return await("accepted").at("/data/conversation_id").asText();
  }

  /** Returns the next frame of this type; earlier ones are dropped. */
  JsonNode await(String type) {
    List<JsonNode> dropped = new ArrayList<>();
    JsonNode frame = next(dropped);
    while (!frame.path("type").asText().equals(type)) {
      dropped.add(frame);
      frame = next(dropped);
    }
    return frame;
  }

  private JsonNode next(List<JsonNode> dropped) {
    try {
      JsonNode frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("Close code " + closed.getNow(null) + " after " + dropped);
      }
      return frame;
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while waiting for a frame", e);
    }
  }

  /** Waits until the server closes the connection, and returns why. */
  int closeCode() {
    return join(closed);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      frames.add(parse(check.received(text.toString())));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  private static JsonNode parse(String frame) {
    try {
      return JSON.readTree(frame);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + frame, e);
    }
  }

  private static <T> T join(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}

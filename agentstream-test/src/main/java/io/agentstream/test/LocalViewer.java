package io.agentstream.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.Handshake;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A viewer in the same process as its hub: without a socket, it takes every frame at once. Safe
 * from any thread. Each {@code await} fails the test after a minute.
 */
public final class LocalViewer implements Transport {

  private static final JsonMapper JSON = new JsonMapper();
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  // Guarded by this.
  private final List<JsonNode> frames = new ArrayList<>();
  private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
  private final ViewerConnection connection;

  /** Connects to a hub. */
  public LocalViewer(ConversationHub hub) {
    this(hub, Handshake.none());
  }

  /** Connects to a hub with this handshake, for example to test an authenticator. */
  public LocalViewer(ConversationHub hub, Handshake handshake) {
    this.connection = hub.connect(this, false, handshake);
  }

  /** Waits for the welcome, by which the hub knows the viewer if its handshake says who it is. */
  public LocalViewer welcomed() {
    await("welcome");
    return this;
  }

  /** Sends a command, such as {@code send_message} with its fields. */
  public LocalViewer command(String type, Map<String, ?> data) {
    ObjectNode command = JSON.createObjectNode().put("type", type);
    command.set("data", JSON.valueToTree(data));
    connection.receive(command.toString(), true);
    return this;
  }

  /** Sends a command from a thread of its own, like the one that reads a viewer's socket. */
  public LocalViewer commandApart(String type, Map<String, ?> data) {
    Thread thread = new Thread(() -> command(type, data), "viewer");
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /** Returns the id of the conversation that it starts, once it has started. */
  public String start(String topic) {
    command("start_conversation", Map.of("topic", topic));
    return await("accepted").get("conversation_id").asText();
  }

  /** Asks for a conversation from a snapshot on. */
  public LocalViewer join(String conversationId) {
    return command("join_conversation", Map.of("conversation_id", conversationId));
  }

  /**
   * Makes a link by which others view or steer its conversation.
   *
   * @param access {@code view} or {@code steer}
   * @return the data of {@code shared}, once it has come
   */
  public JsonNode share(String conversationId, String access) {
    command("share_conversation", Map.of("conversation_id", conversationId, "access", access));
    return await("shared").path("data");
  }

  /** Asks for a conversation by a link that {@link #share} has made. */
  public LocalViewer joinBy(JsonNode link, String conversationId) {
    return command(
        "join_conversation",
        Map.of("conversation_id", conversationId, "share_token", link.path("token").asText()));
  }

  /** Returns the first frame of this type, once it has come. */
  public JsonNode await(String type) {
    return await(frame -> frame.path("type").asText().equals(type));
  }

  /** Returns the first frame that matches, once it has come. */
  public synchronized JsonNode await(Predicate<JsonNode> which) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      for (JsonNode frame : frames) {
        if (which.test(frame)) {
          return frame;
        }
      }
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            "Nothing of the kind has come: "
                + frames
                + (closeCode.isDone() ? ", closed with " + closeCode.join() : ""));
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /**
   * Waits until this viewer knows of the end, from its event or from a snapshot that has it.
   *
   * @return how the conversation ended, with its {@code reason}
   */
  public JsonNode awaitEnd() {
    JsonNode data =
        await(
                frame ->
                    frame.path("type").asText().equals("conversation_ended")
                        || frame.at("/data/state").asText().equals("ended"))
            .path("data");
    return data.path("ended").isMissingNode() ? data : data.path("ended");
  }

  /** Waits until this viewer would show this text for the message. */
  public void awaitText(String messageId, String text) {
    await(frame -> text(messageId).equals(text));
  }

  /** Returns the text of a message as this viewer would show it; empty if it has none. */
  public synchronized String text(String messageId) {
    StringBuilder text = new StringBuilder();
    for (JsonNode frame : frames) {
      JsonNode data = frame.path("data");
      switch (frame.path("type").asText()) {
        case "snapshot" -> {
          text.setLength(0);
          for (String list : List.of("messages", "open")) {
            for (JsonNode message : data.path(list)) {
              if (message.path("message_id").asText().equals(messageId)) {
                text.append(message.path("content").asText());
              }
            }
          }
        }
        case "streaming_token" -> {
          if (data.path("message_id").asText().equals(messageId)) {
            if (data.path("offset").asInt() != text.length()) {
              throw new AssertionError("does not fit '" + text + "': " + frame);
            }
            text.append(data.path("token").asText());
          }
        }
        case "message_reset" -> {
          if (data.path("message_id").asText().equals(messageId)) {
            text.setLength(data.path("offset").asInt());
          }
        }
        default -> {}
      }
    }
    return text.toString();
  }

  /** Returns all frames so far, in order. */
  public synchronized List<JsonNode> frames() {
    return List.copyOf(frames);
  }

  /** Returns the types of all frames so far, in order. */
  public synchronized List<String> types() {
    return frames.stream().map(frame -> frame.path("type").asText()).toList();
  }

  @Override
  public void send(String message, Consumer<@Nullable Throwable> onSent) {
    synchronized (this) {
      try {
        frames.add(JSON.readTree(message));
      } catch (JsonProcessingException e) {
        throw new AssertionError(message, e);
      }
      notifyAll();
    }
    onSent.accept(null);
  }

  @Override
  public void ping() {}

  /** Returns a future of the code with which the hub closes this connection. */
  public CompletableFuture<Integer> closeCode() {
    return closeCode;
  }

  @Override
  public void close(int code, String reason) {
    closeCode.complete(code);
  }
}

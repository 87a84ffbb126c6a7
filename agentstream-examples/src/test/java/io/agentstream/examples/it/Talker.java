package io.agentstream.examples.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.test.schema.ConnectionCheck;
import io.agentstream.test.socket.TestSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A person at a conversation, by a socket that a test cuts. Knows the messages as a page does: from
 * snapshots and from the events after them.
 */
final class Talker implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  final String name;
  private final HttpClient client;
  private final URI server;

  // Guarded by this.
  private final TreeMap<Integer, String> messages = new TreeMap<>();
  private final Map<String, String> waiting = new HashMap<>();
  private final Map<String, CompletableFuture<JsonNode>> replies = new HashMap<>();
  private String conversationId = "";
  private Line line;
  private int commands;
  private boolean ended;

  Talker(String name, HttpClient client, URI server) {
    this.name = name;
    this.client = client;
    this.server = server;
    line = new Line();
    reply("set_name", Map.of("name", name));
  }

  void join(String id) {
    synchronized (this) {
      conversationId = id;
    }
    reply("join_conversation", Map.of("conversation_id", id));
  }

  /** Loses its connection, and joins from a snapshot by another one. */
  void cut() {
    synchronized (this) {
      line.socket.vanish();
      line = new Line();
    }
    reply("set_name", Map.of("name", name));
    join(conversationId);
  }

  /** Sends a command about the conversation; returns the type of its reply, or its error's code. */
  String tell(String type, Map<String, String> data) {
    Map<String, String> fields = new HashMap<>(data);
    fields.put("conversation_id", conversationId);
    JsonNode reply = reply(type, fields);
    return reply.path("type").asText().equals("error")
        ? reply.at("/data/code").asText()
        : reply.path("type").asText();
  }

  private JsonNode reply(String type, Map<String, String> data) {
    CompletableFuture<JsonNode> reply = new CompletableFuture<>();
    synchronized (this) {
      String id = "c" + ++commands;
      replies.put(id, reply);
      ObjectNode command = JSON.createObjectNode().put("type", type).put("id", id);
      command.set("data", JSON.valueToTree(data));
      line.send(command.toString());
    }
    return reply.orTimeout(2, TimeUnit.MINUTES).join();
  }

  /** Returns the complete messages, each with its author, in order. */
  synchronized List<String> messages() {
    return List.copyOf(messages.values());
  }

  /** Returns the messages that wait, by id. */
  synchronized Map<String, String> waiting() {
    return new TreeMap<>(waiting);
  }

  synchronized boolean isEnded() {
    return ended;
  }

  @Override
  public synchronized void close() {
    line.socket.vanish();
  }

  private synchronized void take(Line from, JsonNode frame) {
    if (from != line) {
      return;
    }
    JsonNode data = frame.path("data");
    switch (frame.path("type").asText()) {
      case "ping" -> line.send("{\"type\":\"pong\"}");
      case "snapshot" -> {
        messages.clear();
        waiting.clear();
        data.path("messages").forEach(this::said);
        data.path("queued").forEach(this::waits);
        ended = data.path("state").asText().equals("ended");
      }
      case "new_message" -> said(data);
      case "message_queued", "message_edited" -> waits(data);
      case "message_withdrawn" -> waiting.remove(data.path("queue_id").asText());
      case "conversation_started" -> ended = false;
      case "conversation_ended" -> ended = true;
      default -> {}
    }
    CompletableFuture<JsonNode> asked = replies.remove(frame.path("in_reply_to").asText());
    if (asked != null) {
      asked.complete(frame);
    }
  }

  private void said(JsonNode data) {
    waiting.remove(data.path("queue_id").asText());
    String content = data.path("content").asText();
    if (!content.isEmpty()) {
      int number = Integer.parseInt(data.path("message_id").asText().substring(1));
      String author = data.at("/author/name").asText(data.path("sender").asText());
      messages.put(number, author + ": " + content);
    }
  }

  private void waits(JsonNode data) {
    waiting.put(data.path("queue_id").asText(), data.path("content").asText());
  }

  /** One connection. */
  private final class Line implements TestSocket.Receiver {
    private final ConnectionCheck check = ConnectionCheck.strict();
    private final TestSocket socket =
        TestSocket.builder(client, server).subprotocols("agentstream.v1").open(this);

    void send(String text) {
      check.sent(text);
      CompletableFuture<WebSocket> unused = socket.send(text);
    }

    @Override
    public void text(String text) {
      try {
        take(this, JSON.readTree(check.received(text)));
      } catch (JsonProcessingException e) {
        throw new AssertionError(text, e);
      }
    }
  }
}

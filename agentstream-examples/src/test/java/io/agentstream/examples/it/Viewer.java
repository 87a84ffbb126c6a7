package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of the server that keeps all frames, and the first of each type as a future. */
final class Viewer implements TestSocket.Receiver {

  private static final JsonMapper JSON = new JsonMapper();

  private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
  private final Map<String, CompletableFuture<JsonNode>> firsts = new ConcurrentHashMap<>();
  private final ConnectionCheck check = ConnectionCheck.strict();
  private final TestSocket socket;

  private Viewer(TestSocket.Builder builder) {
    socket = builder.subprotocols("agentstream.v1").open(this);
  }

  static Viewer connect(HttpClient client, URI server) {
    return new Viewer(TestSocket.builder(client, server));
  }

  /**
   * Connects, and views a conversation that it starts. It asks as often as the server wants: on a
   * busy machine Redis or the disk may be slow to answer.
   */
  static Viewer starting(HttpClient client, URI server, Map<String, ?> conversation) {
    Map<String, Object> request = new HashMap<>(conversation);
    request.put("request_id", UUID.randomUUID().toString());
    while (true) {
      Viewer viewer = connect(client, server).send("start_conversation", request);
      JsonNode reply = viewer.answer("start_conversation").join();
      if (reply.path("type").asText().equals("accepted")) {
        return viewer;
      }
      assertThat(reply.at("/data/code").asText()).as("%s", reply).isEqualTo("unavailable");
      viewer.socket.vanish();
      Attempts.pause();
    }
  }

  /** The conversation that it has started. */
  String conversationId() {
    return first("accepted").join().path("conversation_id").asText();
  }

  /** Connects as a proxy does for a client of this address. */
  static Viewer connectFrom(String address, HttpClient client, URI server) {
    return new Viewer(TestSocket.builder(client, server).header(Attacker.FORWARDED_FOR, address));
  }

  /** Sends a command as soon as the socket is open; commands go out in the order of the calls. */
  Viewer send(String type, Map<String, ?> data) {
    ObjectNode command = JSON.createObjectNode().put("type", type).put("id", type);
    command.set("data", JSON.valueToTree(data));
    String text = command.toString();
    check.sent(text);
    CompletableFuture<WebSocket> unused = socket.send(text);
    return this;
  }

  /** The first frame of a type, when it has come. */
  CompletableFuture<JsonNode> first(String type) {
    return firsts.computeIfAbsent(type, any -> new CompletableFuture<>());
  }

  /** The first answer to a command of this type, when it has come. */
  CompletableFuture<JsonNode> answer(String type) {
    return first(answerTo(type));
  }

  private static String answerTo(String type) {
    return "answer to " + type;
  }

  /** The code with which the server closed. */
  CompletableFuture<Integer> closed() {
    return socket.closed();
  }

  List<JsonNode> frames() {
    return List.copyOf(frames);
  }

  @Override
  public void closed(int code, String reason) {
    fail(new IllegalStateException("Closed with " + code + " " + reason + FailureReport.now()));
  }

  @Override
  public void text(String text) {
    try {
      JsonNode frame = JSON.readTree(check.received(text));
      frames.add(frame);
      first(frame.get("type").asText()).complete(frame);
      if (frame.has("in_reply_to")) {
        first(answerTo(frame.get("in_reply_to").asText())).complete(frame);
      }
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  /** Notifies waiters of a frame that will not come. */
  private void fail(Throwable failure) {
    first("conversation_ended").completeExceptionally(failure);
    firsts.values().forEach(first -> first.completeExceptionally(failure));
  }
}

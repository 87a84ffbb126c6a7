package io.agentstream.examples.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A viewer like a page: it stores one conversation's events, and when its server disappears it
 * joins again at its last position, at the server that the supplier returns.
 */
final class RoamingViewer implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  /** That of a busy machine: only a test that fails waits so long. */
  private static final long PATIENCE_MILLIS = 120_000;

  private static final long RETRY_MILLIS = 50;

  /** The server pings every 20 seconds. */
  private static final long SILENCE_NANOS = 45_000_000_000L;

  private static final long LOOK_MILLIS = 5_000;

  private final HttpClient client;
  private final Supplier<URI> servers;
  private final String conversationId;

  // Guarded by this.
  private final Map<String, StringBuilder> open = new LinkedHashMap<>();
  private final Map<String, String> said = new LinkedHashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private long epoch;
  private long seq;
  private int tokens;
  private int resets;
  private String ended = "";
  private boolean closed;
  private boolean joined;
  private boolean paused;
  private String line = "";
  private Frames current;
  private URI target;
  private long heard;
  private boolean watches;
  private WebSocket socket;

  private RoamingViewer(HttpClient client, Supplier<URI> servers, String conversationId) {
    this.client = client;
    this.servers = servers;
    this.conversationId = conversationId;
  }

  /** Views a conversation through the server named first, or any other that is named later. */
  static RoamingViewer of(HttpClient client, Supplier<URI> servers, String conversationId) {
    RoamingViewer viewer = new RoamingViewer(client, servers, conversationId);
    viewer.connect();
    return viewer;
  }

  /** Gives up lines on which nothing comes, from now on. */
  synchronized RoamingViewer watchful() {
    watches = true;
    return this;
  }

  /** Which conversation it views. */
  String conversationId() {
    return conversationId;
  }

  /** The complete messages, by id. */
  synchronized Map<String, String> said() {
    return new LinkedHashMap<>(said);
  }

  /** The errors that no viewer may ever see. */
  synchronized List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** The codes of the errors it was told of. */
  synchronized List<String> errors() {
    return List.copyOf(errors);
  }

  synchronized long epoch() {
    return epoch;
  }

  synchronized int tokens() {
    return tokens;
  }

  synchronized int resets() {
    return resets;
  }

  /** Returns true if it has a connection on which it views the conversation. */
  synchronized boolean isJoined() {
    return joined;
  }

  /** Returns true if no turn begins, as far as it knows. */
  synchronized boolean isPaused() {
    return paused;
  }

  /** Why the conversation ended; empty while it has not. */
  synchronized String ended() {
    return ended;
  }

  /**
   * Waits until it has seen the conversation's end. A snapshot alone is not enough: it is built
   * once for several viewers, may be older, and is followed by the events since.
   */
  void awaitEnd() {
    await(() -> !ended().isEmpty());
  }

  /** Waits until {@code condition}, which is about this viewer, holds. */
  synchronized void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    while (!condition.getAsBoolean()) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(
            "A viewer waits in vain; it has seen " + this + FailureReport.now());
      }
      try {
        wait(Math.min(left, LOOK_MILLIS));
        watch();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  synchronized void send(String type, Map<String, ?> data) {
    ObjectNode command = JSON.createObjectNode().put("type", type).put("id", type);
    ObjectNode fields = JSON.valueToTree(data);
    command.set("data", fields.put("conversation_id", conversationId));
    CompletionStage<WebSocket> unused = socket.sendText(command.toString(), true);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (socket != null) {
      socket.abort();
    }
  }

  @Override
  public synchronized String toString() {
    return "epoch %d, seq %d, %d tokens, said %s, open %s, ended '%s', errors %s, %s, %s"
        .formatted(
            epoch,
            seq,
            tokens,
            said.keySet(),
            open.keySet(),
            ended,
            errors,
            joined ? "joined" : "not joined",
            line);
  }

  private void connect() {
    Frames frames;
    URI server = servers.get();
    synchronized (this) {
      if (closed) {
        return;
      }
      frames = new Frames();
      current = frames;
      heard = System.nanoTime();
      target = server;
      line = "connects to " + server;
    }
    CompletionStage<WebSocket> unused =
        client
            .newWebSocketBuilder()
            .subprotocols("agentstream.v1")
            .buildAsync(server, frames)
            .whenComplete(
                (opened, failure) -> {
                  if (failure != null) {
                    reconnect(frames, failure.toString());
                  } else if (isCurrent(frames)) {
                    join(opened);
                  } else {
                    opened.abort();
                  }
                });
  }

  private synchronized boolean isCurrent(Frames frames) {
    return current == frames;
  }

  private void reconnect(Frames frames, String why) {
    synchronized (this) {
      if (current != frames) {
        return;
      }
      current = null;
      joined = false;
      line = "disconnected: " + why;
    }
    CompletableFuture.delayedExecutor(RETRY_MILLIS, TimeUnit.MILLISECONDS).execute(this::connect);
  }

  /**
   * Gives up a line on which not even a ping has come for long, as a page does. If its server
   * lives, the silence is the server's fault.
   */
  private void watch() {
    Frames silent = current;
    if (!watches || silent == null || System.nanoTime() - heard < SILENCE_NANOS) {
      return;
    }
    String what = "silent for %d s: %s".formatted(SILENCE_NANOS / 1_000_000_000, line);
    System.out.println("A viewer's line was " + what);
    if (servers.get().equals(target)) {
      wrong.add(what);
    }
    reconnect(silent, what);
  }

  private synchronized void join(WebSocket opened) {
    socket = opened;
    line = "connected to " + target;
    send("join_conversation", epoch == 0 ? Map.of() : Map.of("epoch", epoch, "after_seq", seq));
  }

  private synchronized void take(Frames from, String text) {
    if (current != from) {
      return;
    }
    heard = System.nanoTime();
    try {
      take(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      wrong.add("No JSON: " + text);
    }
    notifyAll();
  }

  private void take(JsonNode frame) {
    JsonNode data = frame.path("data");
    switch (frame.path("type").asText()) {
      case "ping" -> pong();
      case "joined" -> joined = true;
      case "snapshot" -> snapshot(data);
      default -> {
        if (frame.has("seq")) {
          event(frame, data);
        } else if (frame.path("type").asText().equals("error")) {
          refused(data);
        }
      }
    }
  }

  private void pong() {
    CompletionStage<WebSocket> unused = socket.sendText("{\"type\":\"pong\"}", true);
  }

  private void refused(JsonNode data) {
    errors.add(data.path("code").asText());
    if (data.path("code").asText().equals("unavailable")) {
      socket.abort();
      reconnect(current, "unavailable");
    }
  }

  private void snapshot(JsonNode data) {
    epoch = data.path("epoch").asLong();
    seq = data.path("seq").asLong();
    said.clear();
    open.clear();
    for (JsonNode message : data.path("messages")) {
      // A message that was stopped before its first token has a place but no text.
      if (!message.path("content").asText().isEmpty()) {
        said.put(message.path("message_id").asText(), message.path("content").asText());
      }
    }
    data.path("open")
        .forEach(
            o ->
                open.put(
                    o.path("message_id").asText(), new StringBuilder(o.path("content").asText())));
    ended = data.path("ended").path("reason").asText("");
    paused = data.path("state").asText().equals("paused");
  }

  private void event(JsonNode frame, JsonNode data) {
    long first = frame.path("from_seq").asLong(frame.path("seq").asLong());
    if (first != seq + 1) {
      wrong.add("after " + seq + " came " + frame);
    }
    seq = frame.path("seq").asLong();
    String id = data.path("message_id").asText();
    switch (frame.path("type").asText()) {
      case "conversation_created" -> epoch = data.path("epoch").asLong();
      case "conversation_started" -> ended = "";
      case "speaker_change" -> open.put(id, new StringBuilder());
      case "streaming_token" -> token(frame, id, data);
      case "message_reset" -> {
        resets++;
        open.get(id).setLength(data.path("offset").asInt());
      }
      case "streaming_complete" -> complete(id, data.path("full_content").asText());
      case "new_message" -> said.putIfAbsent(id, data.path("content").asText());
      case "conversation_paused" -> paused = true;
      case "conversation_unpaused" -> paused = false;
      case "error" -> errors.add(data.path("code").asText());
      case "conversation_ended" -> ended = data.path("reason").asText();
      default -> {}
    }
  }

  private void token(JsonNode frame, String id, JsonNode data) {
    tokens +=
        (int)
                (frame.path("seq").asLong()
                    - frame.path("from_seq").asLong(frame.path("seq").asLong()))
            + 1;
    StringBuilder text = open.get(id);
    if (text == null || text.length() != data.path("offset").asInt()) {
      wrong.add("does not fit: " + frame);
    } else {
      text.append(data.path("token").asText());
    }
  }

  private void complete(String id, String content) {
    StringBuilder text = open.remove(id);
    if (text == null || !text.toString().equals(content)) {
      wrong.add("%s is '%s', shown '%s'".formatted(id, content, text));
    }
    if (!content.isEmpty()) {
      said.put(id, content);
    }
  }

  private final class Frames implements WebSocket.Listener {
    private final StringBuilder parts = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence text, boolean last) {
      parts.append(text);
      if (last) {
        take(this, parts.toString());
        parts.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      reconnect(this, "closed with " + code);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      reconnect(this, error.toString());
    }
  }
}

package io.agentstream.examples.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.test.socket.TestSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
  private final SeenConversation seen = new SeenConversation();
  private boolean closed;
  private boolean joined;
  private String line = "";
  private Frames current;
  private URI target;
  private long heard;
  private boolean watches;
  private Wish wish = new Wish(() -> true, List.of());
  private TestSocket socket;

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
    return new LinkedHashMap<>(seen.said);
  }

  /** The errors that no viewer may ever see. */
  synchronized List<String> wrong() {
    return List.copyOf(seen.wrong);
  }

  /** The codes of the errors it was told of. */
  synchronized List<String> errors() {
    return List.copyOf(seen.errors);
  }

  synchronized long epoch() {
    return seen.epoch;
  }

  synchronized int tokens() {
    return seen.tokens;
  }

  synchronized int resets() {
    return seen.resets;
  }

  /** Returns true if it has a connection on which it views the conversation. */
  synchronized boolean isJoined() {
    return joined;
  }

  /** Returns true if no turn begins, as far as it knows. */
  synchronized boolean isPaused() {
    return seen.paused;
  }

  /** Why the conversation ended; empty while it has not. */
  synchronized String ended() {
    return seen.ended;
  }

  /** Waits until it has seen the end; a snapshot that several viewers share may be older. */
  void awaitEnd() {
    await(() -> !ended().isEmpty());
  }

  /** Waits until it holds what {@code other} holds; a crash may take back an end it has seen. */
  void awaitSameAs(RoamingViewer other) {
    await(() -> said().equals(other.said()) && ended().equals(other.ended()));
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
        probe();
        watch();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** A command without the id of the conversation. */
  record Command(String type, Map<String, ?> data) {

    Command(String type) {
      this(type, Map.of());
    }
  }

  /** Commands that a viewer sends again after each join, until {@code done}. */
  private record Wish(BooleanSupplier done, List<Command> commands) {}

  /**
   * Sends commands, and again after each further join, until {@code done}, which is about this
   * viewer. A takeover that is not over, and a node that Redis has not answered in time, refuse
   * them; a server that has just died does not get them.
   */
  synchronized void sendUntil(BooleanSupplier done, Command... commands) {
    wish = new Wish(done, List.of(commands));
    if (joined) {
      sendWish();
    }
  }

  private void sendWish() {
    if (!wish.done.getAsBoolean()) {
      wish.commands.forEach(command -> send(command.type, command.data));
    }
  }

  synchronized void send(String type, Map<String, ?> data) {
    ObjectNode command = JSON.createObjectNode().put("type", type).put("id", type);
    ObjectNode fields = JSON.valueToTree(data);
    command.set("data", fields.put("conversation_id", conversationId));
    CompletableFuture<WebSocket> unused = socket.send(command.toString());
  }

  /** Stops the conversation, without waiting for its end. */
  void stop() {
    sendUntil(() -> !ended().isEmpty(), new Command("stop_conversation"));
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (socket != null) {
      socket.vanish();
    }
  }

  @Override
  public synchronized String toString() {
    return seen + ", " + (joined ? "joined" : "not joined") + ", " + line;
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
    TestSocket opening =
        TestSocket.builder(client, server).subprotocols("agentstream.v1").open(frames);
    CompletableFuture<Void> unused =
        opening
            .opened()
            .thenAccept(
                opened -> {
                  if (isCurrent(frames)) {
                    join(opening);
                  } else {
                    opening.vanish();
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
   * Finds out whether its server is gone. The JDK's client does not report the end of some
   * connections whose server dies (17.0.15: 69 of 6,000, 25.0.3: 3 of 4,000); a frame that it sends
   * on them fails.
   */
  private void probe() {
    Frames open = current;
    if (joined && open != null) {
      CompletableFuture<Void> unused =
          socket
              .send(to -> to.sendPong(ByteBuffer.allocate(0)))
              .handle(
                  (sent, failure) -> {
                    if (failure != null) {
                      reconnect(open, "nothing can be sent: " + failure);
                    }
                    return null;
                  });
    }
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
      seen.wrong.add(what);
    }
    reconnect(silent, what);
  }

  private synchronized void join(TestSocket opened) {
    socket = opened;
    line = "connected to " + target;
    send(
        "join_conversation",
        seen.epoch == 0 ? Map.of() : Map.of("epoch", seen.epoch, "after_seq", seen.seq));
  }

  private synchronized void take(Frames from, String text) {
    if (current != from) {
      return;
    }
    heard = System.nanoTime();
    try {
      take(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      seen.wrong.add("No JSON: " + text);
    }
    notifyAll();
  }

  private void take(JsonNode frame) {
    JsonNode data = frame.path("data");
    switch (frame.path("type").asText()) {
      case "ping" -> pong();
      case "joined" -> {
        joined = true;
        sendWish();
      }
      case "snapshot" -> seen.snapshot(data);
      default -> {
        if (frame.has("seq")) {
          seen.event(frame, data);
        } else if (frame.path("type").asText().equals("error")) {
          refused(data);
        }
      }
    }
  }

  private void pong() {
    CompletableFuture<WebSocket> unused = socket.send("{\"type\":\"pong\"}");
  }

  private void refused(JsonNode data) {
    seen.errors.add(data.path("code").asText());
    if (data.path("code").asText().equals("unavailable")) {
      socket.vanish();
      reconnect(current, "unavailable");
    }
  }

  private final class Frames implements TestSocket.Receiver {
    @Override
    public void text(String message) {
      take(this, message);
    }

    @Override
    public void closed(int code, String reason) {
      reconnect(this, "closed with " + code + " " + reason);
    }
  }
}

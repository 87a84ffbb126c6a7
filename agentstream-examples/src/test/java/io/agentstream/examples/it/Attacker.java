package io.agentstream.examples.it;

import io.agentstream.test.socket.TestSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that sends what it likes and keeps of what it is sent the short frames alone. */
final class Attacker implements TestSocket.Receiver {

  static final String FORWARDED_FOR = "X-Forwarded-For";

  private static final Pattern CONVERSATION = Pattern.compile("\"conversation_id\":\"([^\"]+)\"");
  private static final int SHORT = 1_000;
  private static final int PATIENCE_SECONDS = 60;

  private final LinkedBlockingQueue<String> started = new LinkedBlockingQueue<>();
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Void> welcomed = new CompletableFuture<>();
  private final boolean reads;
  private final TestSocket socket;

  private Attacker(TestSocket.Builder builder, boolean reads) {
    this.reads = reads;
    synchronized (this) {
      // The welcome may come before the constructor has ended.
      this.socket = builder.open(this);
    }
  }

  private static TestSocket.Builder builder(HttpClient client, URI server) {
    return TestSocket.builder(client, server).subprotocols("agentstream.v1").maxChars(SHORT);
  }

  /**
   * Connects and waits for the welcome.
   *
   * @param reads whether it reads more than one frame after the welcome
   */
  static Attacker connect(HttpClient client, URI server, String token, boolean reads) {
    return welcomed(builder(client, server).header("Authorization", "Bearer " + token), reads);
  }

  /** Does the same without a token, as a proxy does for a client of this address. */
  static Attacker connectFrom(String address, HttpClient client, URI server, boolean reads) {
    return welcomed(builder(client, server).header(FORWARDED_FOR, address), reads);
  }

  private static Attacker welcomed(TestSocket.Builder builder, boolean reads) {
    Attacker attacker = new Attacker(builder, reads);
    attacker.welcomed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    return attacker;
  }

  /** Connects and waits for nothing. */
  static Attacker knock(HttpClient client, URI server) {
    return new Attacker(builder(client, server), true);
  }

  Queue<String> errors() {
    return errors;
  }

  /** Sends a message after those before; waits for nothing. */
  Attacker send(String type, String data) {
    String text = "{\"type\":\"" + type + "\",\"data\":" + data + "}";
    return send(open -> open.sendText(text, true));
  }

  /** Sends a frame after those before; waits for nothing. */
  Attacker send(Function<WebSocket, CompletableFuture<WebSocket>> frame) {
    CompletableFuture<WebSocket> unused = socket.send(frame);
    return this;
  }

  Attacker about(String type, String conversation) {
    return send(type, "{\"conversation_id\":\"" + conversation + "\"}");
  }

  Attacker say(String conversation, String content) {
    return send(
        "send_message",
        "{\"conversation_id\":\"" + conversation + "\",\"content\":\"" + content + "\"}");
  }

  /** Waits until everything is sent, or some seconds: whoever does not read may be stuck. */
  Attacker flush() throws InterruptedException {
    try {
      socket.sent().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Stuck or closed: what it wanted.
    }
    return this;
  }

  /** Starts a conversation with one agent; returns its id, or an empty text if it was refused. */
  String start(String agent, int rounds) throws InterruptedException {
    started.clear();
    send(
        "start_conversation",
        "{\"topic\":\"Tea?\",\"agents\":[\"" + agent + "\"],\"max_rounds\":" + rounds + "}");
    String id = started.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return id == null ? "" : id;
  }

  void leave() {
    CompletableFuture<Void> unused = socket.sent().thenAccept(WebSocket::abort);
  }

  @Override
  public void text(String frame) {
    if (frame.startsWith("{\"type\":\"welcome\"")) {
      if (!reads) {
        stopReading();
      }
      welcomed.complete(null);
    } else if (frame.startsWith("{\"type\":\"accepted\"") && frame.contains("\"epoch\"")) {
      Matcher id = CONVERSATION.matcher(frame);
      started.add(id.find() ? id.group(1) : "");
    } else if (frame.startsWith("{\"type\":\"error\"") && !frame.contains("\"seq\"")) {
      errors.add(frame);
      started.add("");
    }
  }

  private synchronized void stopReading() {
    socket.stopReading();
  }

  @Override
  public void closed(int code, String reason) {
    welcomed.complete(null);
    started.add("");
  }
}

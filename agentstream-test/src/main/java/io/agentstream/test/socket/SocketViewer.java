package io.agentstream.test.socket;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.agentstream.test.schema.ConnectionCheck;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A viewer over a real socket. Its frames wait in a queue until the test reads them, and each is
 * checked against the protocol's schema. Every wait has a bound that only a failing test meets.
 */
public final class SocketViewer {

  /** The bound of every wait, in seconds: on a busy machine a thread may not run for seconds. */
  public static final long PATIENCE_SECONDS = 60;

  private static final JsonMapper JSON = new JsonMapper();

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final Semaphore pings = new Semaphore(0);
  private final ConnectionCheck check;
  private final TestSocket socket;
  private final String subprotocol;

  private SocketViewer(TestSocket.Builder builder, ConnectionCheck check) {
    this.check = check;
    this.socket =
        builder.open(
            new TestSocket.Receiver() {
              @Override
              public void text(String message) {
                received.add(message);
              }

              @Override
              public void ping() {
                pings.release();
              }
            });
    this.subprotocol = join(socket.opened()).getSubprotocol();
  }

  /**
   * Connects and waits until the connection is open.
   *
   * @param headers of the handshake
   * @param subprotocols those that it offers; with none it speaks the original dialect
   */
  public static SocketViewer connect(
      HttpClient client, URI server, Map<String, String> headers, String... subprotocols) {
    TestSocket.Builder builder = TestSocket.builder(client, server).subprotocols(subprotocols);
    headers.forEach(builder::header);
    return new SocketViewer(
        builder,
        subprotocols.length > 0
            ? ConnectionCheck.strict()
            : ConnectionCheck.strictInOriginalDialect());
  }

  /** Returns the subprotocol that the server chose; empty if none. */
  public String subprotocol() {
    return subprotocol;
  }

  /** Sends a text message in one frame, and waits until it has been sent. */
  public SocketViewer send(String message) {
    check.sent(message);
    join(socket.send(message));
    return this;
  }

  /** Starts a conversation with this {@code data} and returns its id. */
  public String start(String data) {
    send("{\"type\": \"start_conversation\", \"id\": \"s\", \"data\": " + data + "}");
    return await("accepted").at("/data/conversation_id").asText();
  }

  /** Sends a text message in frames of {@code size} characters. */
  public void sendInParts(String message, int size) {
    for (int from = 0; from < message.length(); from += size) {
      String part = message.substring(from, Math.min(from + size, message.length()));
      boolean last = from + size >= message.length();
      join(socket.send(open -> open.sendText(part, last)));
    }
  }

  /** Sends at most {@code most} fragments of one message, of which none is the last. */
  public void sendFragmentsUntilClosed(int most) {
    sendUntilClosed(most, open -> open.sendText("x", false));
  }

  /** Sends at most {@code most} pongs. */
  public void sendPongsUntilClosed(int most) {
    sendUntilClosed(most, open -> open.sendPong(ByteBuffer.allocate(0)));
  }

  private void sendUntilClosed(int most, Function<WebSocket, CompletableFuture<WebSocket>> frame) {
    try {
      for (int i = 0; i < most; i++) {
        join(socket.send(frame));
      }
    } catch (CompletionException e) {
      // The server has closed the connection meanwhile.
    }
  }

  /** Sends a binary message. */
  public void sendBinary(byte... content) {
    join(socket.send(open -> open.sendBinary(ByteBuffer.wrap(content), true)));
  }

  /** Returns the next frame as it came. */
  public String nextText() {
    try {
      String frame = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError(
            "No frame came; close code: "
                + socket.closed().getNow(null)
                + "; the threads:\n"
                + threads());
      }
      return check.received(frame);
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while waiting for a frame", e);
    }
  }

  /** Returns the stack of each thread, to show where a missing frame is stuck. */
  private static String threads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .map(
            thread ->
                thread.getKey()
                    + Arrays.stream(thread.getValue())
                        .map(frame -> "\n    " + frame)
                        .collect(Collectors.joining()))
        .collect(Collectors.joining("\n"));
  }

  /** Returns true if no frame waits to be read. */
  public boolean isSilent() {
    return received.isEmpty();
  }

  /** Returns the next frame. */
  public JsonNode next() {
    return parse(nextText());
  }

  /** Returns the next frame, which must be of this type. */
  public JsonNode expect(String type) {
    JsonNode frame = next();
    if (!typeOf(frame).equals(type)) {
      throw new AssertionError("Expected " + type + ", got " + frame);
    }
    return frame;
  }

  /** Returns all frames up to the first of this type, which is the last of the list. */
  public List<JsonNode> until(String type) {
    List<JsonNode> frames = new ArrayList<>();
    do {
      frames.add(next());
    } while (!typeOf(frames.get(frames.size() - 1)).equals(type));
    return frames;
  }

  /** Returns the next frame of this type; earlier ones are dropped. */
  public JsonNode await(String type) {
    List<JsonNode> frames = until(type);
    return frames.get(frames.size() - 1);
  }

  /** Waits until the connection is closed, and returns the code. */
  public int closeCode() {
    return join(socket.closed());
  }

  /** Waits for the next ping of the WebSocket protocol, which the client has answered then. */
  public void expectWebSocketPing() {
    try {
      if (!pings.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("No WebSocket ping came");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while waiting for a ping", e);
    }
  }

  /** Reads one more frame and then nothing, not even pings. */
  public void stopReading() {
    socket.stopReading();
  }

  /** Reads again. */
  public void readAgain() {
    socket.readAgain();
  }

  /** Closes as a browser does. */
  public void leave() {
    join(socket.leave());
  }

  /** Cuts the connection without a close frame. */
  public void vanish() {
    socket.vanish();
  }

  private static String typeOf(JsonNode frame) {
    return frame.path("type").asText();
  }

  /** Reads a frame. */
  public static JsonNode parse(String frame) {
    try {
      return JSON.readTree(frame);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + frame, e);
    }
  }

  private static <T> T join(CompletableFuture<T> future) {
    // A copy, so that the bound of this wait ends no other one.
    return future.copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}

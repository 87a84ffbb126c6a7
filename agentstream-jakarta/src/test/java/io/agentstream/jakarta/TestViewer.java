package io.agentstream.jakarta;

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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A viewer with the JDK's WebSocket client. What it receives waits in a queue until the test asks
 * for it. Every wait has a bound that only a failing test meets.
 */
final class TestViewer {

  /** That of a busy machine, on which a thread may not run for seconds. */
  static final long PATIENCE_SECONDS = 60;

  /** The close code of a connection that broke without a close frame. */
  static final int NO_CLOSE_FRAME = 1006;

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient CLIENT = newClient();

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final Semaphore pings = new Semaphore(0);
  private final WebSocket socket;
  private final ConnectionCheck check;

  // Guarded by this.
  private boolean reading = true;
  private boolean owesRequest;

  private TestViewer(URI endpoint, Map<String, String> headers, String... subprotocols) {
    WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
    headers.forEach(builder::header);
    if (subprotocols.length > 0) {
      builder.subprotocols(
          subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
    }
    this.check =
        subprotocols.length > 0
            ? ConnectionCheck.strict()
            : ConnectionCheck.strictInOriginalDialect();
    this.socket = join(builder.buildAsync(endpoint, new Receiver()));
  }

  /** A client that keeps little of what a viewer has not read, so that the server soon notices. */
  private static HttpClient newClient() {
    System.setProperty("jdk.httpclient.receiveBufferSize", "16384");
    return HttpClient.newHttpClient();
  }

  /** Connects, offering these subprotocols. */
  static TestViewer connect(URI endpoint, String... subprotocols) {
    return connect(endpoint, Map.of(), subprotocols);
  }

  /** Connects with these headers, offering these subprotocols. */
  static TestViewer connect(URI endpoint, Map<String, String> headers, String... subprotocols) {
    return new TestViewer(endpoint, headers, subprotocols);
  }

  /** The subprotocol that the server chose; empty if none. */
  String subprotocol() {
    return socket.getSubprotocol();
  }

  /** Sends a text message in one frame. */
  void send(String message) {
    check.sent(message);
    join(socket.sendText(message, true));
  }

  /** Sends a text message in frames of {@code size} characters. */
  void sendInParts(String message, int size) {
    for (int from = 0; from < message.length(); from += size) {
      int to = Math.min(from + size, message.length());
      join(socket.sendText(message.substring(from, to), to == message.length()));
    }
  }

  /** Sends so many fragments of one message, of which none is the last. */
  void sendFragmentsUntilClosed(int most) {
    sendUntilClosed(most, () -> socket.sendText("x", false));
  }

  void sendPongsUntilClosed(int most) {
    sendUntilClosed(most, () -> socket.sendPong(ByteBuffer.allocate(0)));
  }

  private void sendUntilClosed(int most, Supplier<CompletableFuture<WebSocket>> send) {
    try {
      for (int i = 0; i < most; i++) {
        join(send.get());
      }
    } catch (CompletionException e) {
      // The server has closed the connection meanwhile.
    }
  }

  void sendBinary(byte... content) {
    join(socket.sendBinary(ByteBuffer.wrap(content), true));
  }

  /** The next frame as it came. */
  String nextText() {
    try {
      String frame = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError(
            "No frame came; close code: " + closed.getNow(null) + "; the threads:\n" + threads());
      }
      return check.received(frame);
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while waiting for a frame", e);
    }
  }

  /**
   * Returns the stack of each thread, of server and clients, to show where a missing frame is
   * stuck.
   */
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
  boolean isSilent() {
    return received.isEmpty();
  }

  /** The next frame. */
  JsonNode next() {
    return parse(nextText());
  }

  /** The next frame, which must be of this type. */
  JsonNode expect(String type) {
    JsonNode frame = next();
    if (!frame.path("type").asText().equals(type)) {
      throw new AssertionError("Expected " + type + ", got " + frame);
    }
    return frame;
  }

  /** All frames up to the first of this type, which is the last of the list. */
  List<JsonNode> until(String type) {
    List<JsonNode> frames = new ArrayList<>();
    do {
      frames.add(next());
    } while (!frames.get(frames.size() - 1).path("type").asText().equals(type));
    return frames;
  }

  /** Waits until the connection is closed, by whomever, and returns why. */
  int closeCode() {
    return join(closed);
  }

  /** Waits for the next WebSocket ping, which the client has answered then. */
  void expectWebSocketPing() {
    try {
      if (!pings.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("No WebSocket ping came");
      }
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while waiting for a ping", e);
    }
  }

  /** Reads one more frame and then nothing, not even pings. */
  synchronized void stopReading() {
    reading = false;
  }

  /** Reads again. */
  synchronized void readAgain() {
    reading = true;
    if (owesRequest) {
      owesRequest = false;
      socket.request(1);
    }
  }

  /** Closes as a browser does. */
  void leave() {
    join(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
  }

  /** Cuts the line without a close frame. */
  void vanish() {
    socket.abort();
  }

  private synchronized void requestNext(WebSocket from) {
    if (reading) {
      from.request(1);
    } else {
      owesRequest = true;
    }
  }

  static JsonNode parse(String frame) {
    try {
      return JSON.readTree(frame);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + frame, e);
    }
  }

  private static <T> T join(CompletableFuture<T> future) {
    return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  private final class Receiver implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      // Before the test sees the frame, so that it knows what has been asked for.
      requestNext(from);
      if (last) {
        received.add(text.toString());
        text.setLength(0);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
      requestNext(from);
      pings.release();
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.complete(NO_CLOSE_FRAME);
    }
  }
}

package io.agentstream.test.socket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket of a test. It sends messages in the order of the calls and joins the parts of each
 * message that it receives. Thread-safe; no method blocks.
 */
public final class TestSocket {

  /** The close code of a connection that broke without a close frame. */
  public static final int NO_CLOSE_FRAME = 1006;

  private final Receiver receiver;
  private final int maxChars;
  private final CompletableFuture<WebSocket> opened;
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();

  // Guarded by this.
  private CompletableFuture<WebSocket> sent;
  private boolean reading = true;
  private @Nullable WebSocket unread;

  private TestSocket(Builder builder, Receiver receiver) {
    this.receiver = receiver;
    this.maxChars = builder.maxChars;
    this.opened = builder.socket.buildAsync(builder.server, new Listener());
    this.sent = opened;
    CompletableFuture<WebSocket> unused =
        opened.whenComplete(
            (socket, failure) -> {
              if (failure != null) {
                close(NO_CLOSE_FRAME, failure.toString());
              }
            });
  }

  /** Returns a builder for a connection to a server. */
  public static Builder builder(HttpClient client, URI server) {
    return new Builder(client, server);
  }

  /** Receives what the server sends. The methods are called one at a time, on any thread. */
  public interface Receiver {

    /** Receives a whole text message. */
    void text(String message);

    /** Receives a ping of the WebSocket protocol, which the client answers. */
    default void ping() {}

    /**
     * Called once, when the connection has ended or could not be opened.
     *
     * @param code the close code; {@link #NO_CLOSE_FRAME} without a close frame
     * @param reason the server's reason, or the failure
     */
    default void closed(int code, String reason) {}
  }

  /** Completes with the socket when the connection is open; fails if it could not be opened. */
  public CompletableFuture<WebSocket> opened() {
    return opened;
  }

  /** Completes with the close code, as in {@link Receiver#closed}. */
  public CompletableFuture<Integer> closed() {
    return closed;
  }

  /** Sends a text message in one frame. */
  public CompletableFuture<WebSocket> send(String message) {
    return send(socket -> socket.sendText(message, true));
  }

  /**
   * Sends a frame after the earlier ones, as soon as the connection is open.
   *
   * @return completes when the frame has been sent; fails if it or an earlier one could not be sent
   */
  public synchronized CompletableFuture<WebSocket> send(
      Function<WebSocket, CompletableFuture<WebSocket>> frame) {
    sent = sent.thenCompose(frame);
    return sent;
  }

  /** Completes when everything has been sent, as in {@link #send}. */
  public synchronized CompletableFuture<WebSocket> sent() {
    return sent;
  }

  /** Reads one more frame and then nothing, not even pings. */
  public synchronized void stopReading() {
    reading = false;
  }

  /** Reads again. */
  public synchronized void readAgain() {
    reading = true;
    if (unread != null) {
      unread.request(1);
      unread = null;
    }
  }

  private synchronized void requestNext(WebSocket from) {
    if (reading) {
      from.request(1);
    } else {
      unread = from;
    }
  }

  /** Closes as a browser does. */
  public CompletableFuture<WebSocket> leave() {
    return send(socket -> socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
  }

  /** Cuts the connection without a close frame, as soon as it is open. */
  public void vanish() {
    CompletableFuture<Void> unused = opened.thenAccept(WebSocket::abort);
  }

  private void close(int code, String reason) {
    if (closed.complete(code)) {
      receiver.closed(code, reason);
    }
  }

  /** Builds a {@link TestSocket}. Not thread-safe. */
  public static final class Builder {
    private final WebSocket.Builder socket;
    private final URI server;
    private int maxChars = Integer.MAX_VALUE;

    private Builder(HttpClient client, URI server) {
      this.socket = client.newWebSocketBuilder();
      this.server = server;
    }

    /** Adds a header to the handshake. */
    public Builder header(String name, String value) {
      socket.header(name, value);
      return this;
    }

    /** Sets the subprotocols that it offers; none by default. */
    public Builder subprotocols(String... subprotocols) {
      if (subprotocols.length > 0) {
        socket.subprotocols(
            subprotocols[0], Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
      }
      return this;
    }

    /**
     * Sets how much of a longer message the receiver gets, in UTF-16 code units rounded up to a
     * part of the message; the whole message by default.
     */
    public Builder maxChars(int chars) {
      this.maxChars = chars;
      return this;
    }

    /** Opens the connection. */
    public TestSocket open(Receiver receiver) {
      return new TestSocket(this, receiver);
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      if (text.length() < maxChars) {
        text.append(part);
      }
      // Before the test sees the message, so that it knows what has been requested.
      requestNext(from);
      if (last) {
        String message = text.toString();
        text.setLength(0);
        receiver.text(message);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
      requestNext(from);
      receiver.ping();
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
      requestNext(from);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      close(code, reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      close(NO_CLOSE_FRAME, error.toString());
    }
  }
}

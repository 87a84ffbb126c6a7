package io.agentstream.test;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request that a {@link StubModelServer} has received. Thread-safe. */
public final class StubRequest {

  /** How long a test waits for a request, and for the client to hang up. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final int connection;
  private final String requestLine;
  private final Map<String, String> headers;
  private final String body;
  private final CountDownLatch hungUp;

  StubRequest(
      int connection,
      String requestLine,
      Map<String, String> headers,
      String body,
      CountDownLatch hungUp) {
    this.connection = connection;
    this.requestLine = requestLine;
    this.headers = headers;
    this.body = body;
    this.hungUp = hungUp;
  }

  /** Returns the number of its connection, counted from 1 in the order of acceptance. */
  public int connection() {
    return connection;
  }

  /** Returns the request line, such as {@code POST /v1/chat/completions HTTP/1.1}. */
  public String requestLine() {
    return requestLine;
  }

  /** Returns the last value of a header, or null; the case of the name does not matter. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** Returns the body, read as UTF-8; empty if there was none. */
  public String body() {
    return body;
  }

  /**
   * Returns true if the client, and not the server, was the first to close or reset the connection.
   */
  public boolean isHungUp() {
    return hungUp.getCount() == 0;
  }

  /**
   * Waits until {@link #isHungUp}.
   *
   * @throws IllegalStateException if this does not happen within a minute
   */
  public void awaitHangUp() throws InterruptedException {
    if (!hungUp.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("The client has not hung up");
    }
  }
}

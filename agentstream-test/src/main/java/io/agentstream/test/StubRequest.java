package io.agentstream.test;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A request that a {@link StubModelServer} has received. Safe from any thread. */
public final class StubRequest {

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

  /** Which connection it came on, counted from 1 in the order they were accepted. */
  public int connection() {
    return connection;
  }

  /** Such as {@code POST /v1/chat/completions HTTP/1.1}. */
  public String requestLine() {
    return requestLine;
  }

  /** A header's last value by its name, in any case; null if there is none. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** The body, read as UTF-8; empty if there was none. */
  public String body() {
    return body;
  }

  /** Whether the client has closed or reset the request's connection, itself and first. */
  public boolean isHungUp() {
    return hungUp.getCount() == 0;
  }

  /**
   * Waits until {@link #isHungUp}.
   *
   * @throws IllegalStateException after 30 seconds in vain
   */
  public void awaitHangUp() throws InterruptedException {
    if (!hungUp.await(StubModelServer.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("The client has not hung up");
    }
  }
}

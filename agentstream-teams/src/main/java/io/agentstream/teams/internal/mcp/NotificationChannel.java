package io.agentstream.teams.internal.mcp;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Listens to what an HTTP server says without being asked, such as a change of its tools. Not every
 * server has such a stream. A stream that breaks is opened again with a growing delay.
 */
final class NotificationChannel implements AutoCloseable {

  private static final long FIRST_DELAY_MILLIS = 1_000;
  private static final long LONGEST_DELAY_MILLIS = 60_000;

  private final HttpClient client;
  private final Supplier<HttpRequest> request;
  private final Consumer<String> messages;
  private final ExecutorService threads;
  private final Runnable onGap;
  private volatile boolean offered;
  private volatile boolean closed;
  private volatile @Nullable CompletableFuture<?> stream;
  private long delay = FIRST_DELAY_MILLIS;

  /**
   * @param request makes the request that opens the stream, with the session of that time
   * @param messages receives what the server says
   * @param threads open the stream again
   * @param onGap called when something may have been lost
   */
  NotificationChannel(
      HttpClient client,
      Supplier<HttpRequest> request,
      Consumer<String> messages,
      ExecutorService threads,
      Runnable onGap) {
    this.client = client;
    this.request = request;
    this.messages = messages;
    this.threads = threads;
    this.onGap = onGap;
  }

  /** Opens the stream; nobody waits for it, because some servers answer with the first event. */
  void open() {
    if (closed || threads.isShutdown()) {
      return;
    }
    CompletableFuture<?> opened = client.sendAsync(request.get(), this::body);
    stream = opened;
    if (closed) {
      opened.cancel(true);
    }
    CompletableFuture<?> unused = opened.whenComplete((response, failure) -> ended());
  }

  private BodySubscriber<Void> body(ResponseInfo head) {
    boolean events = Heads.isGood(head.statusCode()) && Heads.isEvents(head);
    if (!events) {
      // Gone with its session, or never there.
      boolean gone = offered;
      offered = false;
      if (gone) {
        onGap.run();
      }
      return BoundedBody.none();
    }
    if (offered) {
      onGap.run();
    }
    offered = true;
    delay = FIRST_DELAY_MILLIS;
    return BoundedBody.events(messages);
  }

  private void ended() {
    if (!closed && offered && !threads.isShutdown()) {
      long wait = delay;
      delay = Math.min(LONGEST_DELAY_MILLIS, delay * 2);
      CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS, threads).execute(this::open);
    }
  }

  @Override
  public void close() {
    closed = true;
    CompletableFuture<?> open = stream;
    if (open != null) {
      open.cancel(true);
    }
  }
}

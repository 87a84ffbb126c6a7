package io.agentstream.upstream;

import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import io.agentstream.time.ChatClock.Alarm;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One streamed call: who may speak to the listener, and how to hang up.
 *
 * <p>It waits for the response head, then streams, and is over by its one end or by {@link
 * #cancel}. Whoever wins the step to {@link Phase#ENDED} delivers the end; no callback is begun
 * after it. Events come from the body's thread, which is one at a time by the rules of {@code
 * Flow}; a cancel and the alarms come from any thread.
 */
final class StreamingCall implements UpstreamCall, ServerSentEventParsingHandle {

  private enum Phase {
    AWAITING_HEAD,
    STREAMING,
    ENDED,
    CANCELLED;

    boolean isOver() {
      return this == ENDED || this == CANCELLED;
    }
  }

  /**
   * How long a body may go on when nothing in it matters any more: long enough for the end that
   * follows {@code [DONE]} in another packet, so that the connection can be used again.
   */
  static final Duration LINGER = Duration.ofSeconds(2);

  private static final String DONE = "[DONE]";

  private final QuietListener listener;
  private final ClientSettings settings;
  private final ServerSentEventContext context = new ServerSentEventContext(this);
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.AWAITING_HEAD);

  // Written by the one who starts, the head or the end; read by whoever hangs up.
  private volatile Alarm alarm = () -> {};
  private volatile @Nullable CompletableFuture<?> exchange;
  private volatile @Nullable Subscription body;
  private volatile boolean hungUp;

  StreamingCall(ServerSentEventListener listener, ClientSettings settings) {
    this.listener = new QuietListener(listener);
    this.settings = settings;
  }

  void start(HttpClient http, HttpRequest request) {
    // Not the request's own timeout: from JDK 26 on that would cut the body too.
    alarm = settings.clock().schedule(settings.headTimeout(), onExecutor(this::headTimedOut));
    if (phase.get() == Phase.AWAITING_HEAD) {
      CompletableFuture<?> sent = send(http, request);
      exchange = sent;
      var unused = sent.whenComplete(this::exchangeEnded);
    }
    hangUpIfOverdue();
  }

  @Override
  public void cancel() {
    if (leave(Phase.CANCELLED)) {
      hangUp();
    }
  }

  @Override
  public boolean isCancelled() {
    return phase.get() == Phase.CANCELLED;
  }

  boolean isStreaming() {
    return phase.get() == Phase.STREAMING;
  }

  /** Takes the body of a 2xx; its bytes may come from now on. */
  void opened(Subscription body, ResponseInfo head) {
    attach(body);
    if (phase.compareAndSet(Phase.AWAITING_HEAD, Phase.STREAMING)) {
      alarm.cancel();
      listener.onOpen(JdkRequests.success(head.statusCode(), head.headers().map(), null));
    }
  }

  /** Passes an event on. Returns whether the call wants more of them. */
  boolean event(StreamedEvent event) {
    if (!isStreaming()) {
      return false;
    }
    boolean done = DONE.equals(event.data());
    listener.onEvent(event, context);
    if (!settings.rawEventsKept()) {
      event.forget();
    }
    if (done && end()) {
      linger(this::hangUp);
      listener.onClose();
    }
    return isStreaming();
  }

  /** The body came to its end, whatever was made of it. */
  void bodyEnded() {
    alarm.cancel();
    if (end()) {
      listener.onClose();
    }
  }

  /** The call broke. Does not hang up: most often there is nothing left to hang up on. */
  void failed(Throwable error) {
    alarm.cancel();
    if (end()) {
      listener.onError(error);
    }
  }

  /** The call is given up, though the server might go on: hangs up, too. */
  void givenUp(Throwable error) {
    // The end comes first: hanging up makes the exchange fail, in words of its own.
    if (end()) {
      hangUp();
      listener.onError(error);
    }
  }

  /** Takes the body of any other status, which is given a moment to come in. */
  void refused(Subscription body, Runnable tooSlow) {
    attach(body);
    alarm.cancel();
    linger(tooSlow);
  }

  /** Closes the connection, or keeps it from being opened. Says nothing to the listener. */
  private void hangUp() {
    hungUp = true;
    alarm.cancel();
    CompletableFuture<?> exchange = this.exchange;
    if (exchange != null) {
      // Only an interrupting cancel reaches the connection.
      exchange.cancel(true);
    }
    Subscription body = this.body;
    if (body != null) {
      body.cancel();
    }
  }

  ClientSettings settings() {
    return settings;
  }

  private CompletableFuture<?> send(HttpClient http, HttpRequest request) {
    try {
      return http.sendAsync(request, this::bodyFor);
    } catch (Throwable e) {
      // The caller is told by the throw, so the listener must not be told by the alarm.
      cancel();
      throw e;
    }
  }

  private BodySubscriber<@Nullable Void> bodyFor(ResponseInfo head) {
    return JdkRequests.isSuccess(head.statusCode())
        ? new EventStreamBody(this, head)
        : new RefusalBody(this, head);
  }

  private void exchangeEnded(@Nullable Object response, @Nullable Throwable error) {
    if (error != null) {
      failed(unwrapped(error));
    }
  }

  private static Throwable unwrapped(Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : null;
    Throwable real = cause == null ? error : cause;
    return real instanceof HttpTimeoutException ? new TimeoutException(real) : real;
  }

  private void headTimedOut() {
    if (phase.compareAndSet(Phase.AWAITING_HEAD, Phase.ENDED)) {
      hangUp();
      String message = "No response head within " + settings.headTimeout();
      listener.onError(new TimeoutException(new HttpTimeoutException(message)));
    }
  }

  private boolean end() {
    return leave(Phase.ENDED);
  }

  /** Returns false if the call was over already. */
  private boolean leave(Phase to) {
    return !phase.getAndUpdate(from -> from.isOver() ? from : to).isOver();
  }

  private void attach(Subscription body) {
    this.body = body;
    hangUpIfOverdue();
  }

  /** Catches up with a {@link #hangUp} that came before there was anything to close. */
  private void hangUpIfOverdue() {
    if (hungUp) {
      hangUp();
    }
  }

  private void linger(Runnable thenDo) {
    alarm = settings.clock().schedule(LINGER, onExecutor(thenDo));
  }

  private Runnable onExecutor(Runnable task) {
    return () -> settings.executor().execute(task);
  }
}

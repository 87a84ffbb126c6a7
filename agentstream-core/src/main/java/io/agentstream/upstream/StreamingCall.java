package io.agentstream.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.langchain4j.exception.TimeoutException;
import io.agentstream.time.ChatClock.Alarm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One streamed call: makes the listener's callbacks sequential, and cancels the call.
 *
 * <p>It waits for the response head, then streams, and ends once, or by {@link #cancel}. The thread
 * that wins the transition to {@link Phase#ENDED} delivers the end; no callback begins after it.
 * Events come from the body's thread, which is one at a time by the rules of {@code Flow}; a cancel
 * and the alarms come from any thread.
 */
final class StreamingCall implements UpstreamCall, EventStreamBody.Owner, RefusalBody.Owner {

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
   * How long a body may continue after its relevant part: long enough for an end that follows
   * {@code [DONE]} in another packet, so that the connection can be reused.
   */
  static final Duration LINGER = Duration.ofSeconds(2);

  private static final byte[] DONE = "[DONE]".getBytes(US_ASCII);

  /** The maximum number of redirects, each to the same server. */
  private static final int MAX_REDIRECTS = 5;

  private final StreamSink sink;
  private final ClientSettings settings;
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.AWAITING_HEAD);

  // Written by the start, the head or the end of the call; read by the cancelling thread.
  private volatile Alarm alarm = () -> {};
  private volatile @Nullable CompletableFuture<?> exchange;
  private volatile @Nullable BodyLink link;
  private volatile @Nullable Subscription body;
  private volatile boolean hungUp;
  private volatile boolean alive;
  private volatile Runnable whenOver = () -> {};

  // Written by the thread that starts the call or sends it again, never by two at a time.
  private volatile @Nullable HttpClient http;
  private volatile @Nullable HttpRequest request;
  private volatile @Nullable URI redirect;
  private final AtomicInteger redirects = new AtomicInteger();

  StreamingCall(StreamSink sink, ClientSettings settings) {
    this.sink = sink;
    this.settings = settings;
  }

  void start(HttpClient http, HttpRequest whole) {
    HttpRequest request = RequestBody.forgettable(whole);
    this.http = http;
    this.request = request;
    // Not the request's own timeout, because from JDK 26 on that would also limit the body.
    alarm = settings.clock().schedule(settings.headTimeout(), onExecutor(this::headTimedOut));
    exchange(http, request);
  }

  private void exchange(HttpClient http, HttpRequest request) {
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

  @Override
  public boolean showedLife() {
    return alive;
  }

  @Override
  public void whenOver(Runnable task) {
    whenOver = task;
  }

  @Override
  public boolean isStreaming() {
    return phase.get() == Phase.STREAMING;
  }

  @Override
  public void opened(Subscription body, ResponseInfo head) {
    attach(body);
    if (phase.compareAndSet(Phase.AWAITING_HEAD, Phase.STREAMING)) {
      alarm.cancel();
      sink.onOpen(head);
    }
  }

  @Override
  public boolean event(@Nullable String type, byte[] bytes, int from, int to) {
    if (!isStreaming()) {
      return false;
    }
    boolean done = isDone(bytes, from, to);
    sink.onEvent(type, bytes, from, to);
    if (done && end()) {
      linger(this::hangUp);
      tellEnd(true);
    }
    return isStreaming();
  }

  @Override
  public boolean json(byte[] bytes, int from, int to) {
    if (isDone(bytes, from, to)) {
      return event(null, bytes, from, to);
    }
    if (isStreaming()) {
      sink.onJson(bytes, from, to);
    }
    return isStreaming();
  }

  @Override
  public void comment() {
    alive = true;
  }

  private static boolean isDone(byte[] bytes, int from, int to) {
    return to - from >= DONE.length
        && bytes[from] == '['
        && Arrays.equals(bytes, from, from + DONE.length, DONE, 0, DONE.length);
  }

  @Override
  public void bodyEnded() {
    alarm.cancel();
    if (end()) {
      tellEnd(false);
    }
  }

  @Override
  public void failed(Throwable error) {
    // Without cancelling the exchange, which usually has ended already.
    alarm.cancel();
    if (end()) {
      tellFailure(error);
    }
  }

  @Override
  public void givenUp(Throwable error) {
    // The end is delivered first, because the cancelled exchange fails with its own message.
    if (end()) {
      hangUp();
      tellFailure(error);
    }
  }

  @Override
  public void refused(Subscription body, Runnable tooSlow) {
    attach(body);
    alarm.cancel();
    linger(tooSlow);
  }

  /** Closes the connection, or prevents it from being opened. Does not call the listener. */
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
    forgetExchange();
  }

  private void forgetExchange() {
    BodyLink link = this.link;
    if (link != null) {
      link.forget();
    }
    forgetRequest();
  }

  private void forgetRequest() {
    HttpRequest request = this.request;
    if (request != null) {
      RequestBody.forget(request);
    }
  }

  private CompletableFuture<?> send(HttpClient http, HttpRequest request) {
    try {
      BodyLink link = new BodyLink(this::bodyFor);
      this.link = link;
      return http.sendAsync(request, link);
    } catch (Throwable e) {
      // The exception reports the failure, so the alarm must not report it again.
      cancel();
      throw e;
    }
  }

  /** Returns the reader of a response's body. */
  private BodySubscriber<@Nullable Void> bodyFor(ResponseInfo head) {
    if (JdkRequests.isSuccess(head.statusCode())) {
      return new EventStreamBody(this, head, settings);
    }
    HttpRequest sent = request;
    URI target = sent == null || redirects.get() >= MAX_REDIRECTS ? null : Redirect.of(sent, head);
    if (target == null) {
      return new RefusalBody(this, head, settings.clock());
    }
    redirect = target;
    return BodySubscribers.replacing(null);
  }

  private void exchangeEnded(@Nullable Object response, @Nullable Throwable error) {
    URI target = redirect;
    if (error != null) {
      forgetExchange();
      failed(unwrapped(error));
    } else if (target != null) {
      redirect = null;
      follow(target);
    }
  }

  private void follow(URI target) {
    HttpClient http = this.http;
    HttpRequest sent = this.request;
    if (http == null || sent == null) {
      return;
    }
    redirects.incrementAndGet();
    HttpRequest next = HttpRequest.newBuilder(sent, (name, value) -> true).uri(target).build();
    request = next;
    try {
      exchange(http, next);
    } catch (RuntimeException e) {
      failed(e);
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
      tellFailure(new TimeoutException(new HttpTimeoutException(message)));
    }
  }

  private void tellEnd(boolean done) {
    sink.onEnd(done);
    whenOver.run();
  }

  private void tellFailure(Throwable error) {
    sink.onFailure(error);
    whenOver.run();
  }

  private boolean end() {
    return leave(Phase.ENDED);
  }

  /** Returns false if the call was over already. */
  private boolean leave(Phase to) {
    boolean left = !phase.getAndUpdate(from -> from.isOver() ? from : to).isOver();
    if (left) {
      forgetRequest();
    }
    return left;
  }

  private void attach(Subscription body) {
    this.body = body;
    hangUpIfOverdue();
  }

  /** Repeats a {@link #hangUp} that came before there was a connection to close. */
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

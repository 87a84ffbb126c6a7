package io.agentstream.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentstream.time.ChatClock;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The body of a status other than 2xx: keeps its beginning and fails the call with it, however the
 * body ends. The status is what matters, so a body that is cut, too long or too slow is taken as it
 * is by then.
 */
final class RefusalBody implements BodySubscriber<@Nullable Void> {

  /** The call that was refused. */
  interface Owner {
    /**
     * Takes note of the body, which gets a short time to arrive.
     *
     * @param tooSlow called if the time is over
     */
    void refused(Subscription body, Runnable tooSlow);

    /** Ends the call, whose body is over. */
    void failed(Throwable error);

    /** Ends the call although the server might continue, and cancels the exchange. */
    void givenUp(Throwable error);
  }

  private final Owner call;
  private final ResponseInfo head;
  private final ChatClock clock;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

  RefusalBody(Owner call, ResponseInfo head, ChatClock clock) {
    this.call = call;
    this.head = head;
    this.clock = clock;
  }

  @Override
  public CompletionStage<@Nullable Void> getBody() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    call.refused(subscription, this::refuseWithoutRest);
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    buffers.forEach(this::keep);
    if (kept.size() == UpstreamHttpException.MAX_BODY_BYTES) {
      refuseWithoutRest();
    }
  }

  @Override
  public void onError(Throwable error) {
    refuse();
  }

  @Override
  public void onComplete() {
    refuse();
  }

  private void keep(ByteBuffer bytes) {
    int room = UpstreamHttpException.MAX_BODY_BYTES - kept.size();
    byte[] part = new byte[Math.min(room, bytes.remaining())];
    bytes.get(part);
    // Synchronized in itself: the alarm of a slow body reads from another thread.
    kept.writeBytes(part);
  }

  private void refuse() {
    call.failed(refusal());
  }

  private void refuseWithoutRest() {
    call.givenUp(refusal());
  }

  private UpstreamHttpException refusal() {
    String body = kept.toString(UTF_8);
    Duration wait = RetryAfter.parse(head.headers(), body, clock.now());
    return new UpstreamHttpException(head.statusCode(), body, wait);
  }
}

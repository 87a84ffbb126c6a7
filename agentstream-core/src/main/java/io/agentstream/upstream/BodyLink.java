package io.agentstream.upstream;

import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * The one object of a call that the JDK's client refers to. With a connection, its pool keeps the
 * exchange that opened it, and so the exchange's handler and body, until the connection is closed:
 * up to 20 minutes after its last call on JDK 17. Through the call they would keep a conversation,
 * and the client itself with its thread. So the link forgets them when they are over. See {@link
 * RequestBody} for the request.
 */
final class BodyLink implements BodyHandler<@Nullable Void>, BodySubscriber<@Nullable Void> {

  // Written by the call's thread of the moment; forgotten by any thread.
  private volatile @Nullable BodyHandler<@Nullable Void> call;
  private volatile @Nullable BodySubscriber<@Nullable Void> body;

  /**
   * @param call returns the reader of the call's response
   */
  BodyLink(BodyHandler<@Nullable Void> call) {
    this.call = call;
  }

  /** Forgets the call. A body that comes later is cancelled. */
  void forget() {
    call = null;
    body = null;
  }

  @Override
  public BodySubscriber<@Nullable Void> apply(ResponseInfo head) {
    BodyHandler<@Nullable Void> call = this.call;
    if (call != null) {
      body = call.apply(head);
      this.call = null;
    }
    return this;
  }

  @Override
  public CompletionStage<@Nullable Void> getBody() {
    BodySubscriber<@Nullable Void> body = this.body;
    return body == null ? CompletableFuture.completedFuture(null) : body.getBody();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    BodySubscriber<@Nullable Void> body = this.body;
    if (body == null) {
      subscription.cancel();
    } else {
      body.onSubscribe(subscription);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    BodySubscriber<@Nullable Void> body = this.body;
    if (body != null) {
      body.onNext(buffers);
    }
  }

  @Override
  public void onError(Throwable error) {
    BodySubscriber<@Nullable Void> body = this.body;
    forget();
    if (body != null) {
      body.onError(error);
    }
  }

  @Override
  public void onComplete() {
    BodySubscriber<@Nullable Void> body = this.body;
    forget();
    if (body != null) {
      body.onComplete();
    }
  }
}

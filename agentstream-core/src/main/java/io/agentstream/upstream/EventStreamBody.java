package io.agentstream.upstream;

import io.agentstream.time.EventBatch;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** The body of a 2xx: pushes its bytes through the parser as long as the call wants events. */
final class EventStreamBody implements BodySubscriber<@Nullable Void> {

  private final StreamingCall call;
  private final ResponseInfo head;
  private final SseParser parser;
  private final EventBatch batch = new EventBatch();

  EventStreamBody(StreamingCall call, ResponseInfo head) {
    this.call = call;
    this.head = head;
    this.parser = new SseParser(call.settings().maxEventBytes(), call::event);
  }

  @Override
  public CompletionStage<@Nullable Void> getBody() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    call.opened(subscription, head);
    // Unbounded: the bytes are used up before onNext returns, so none pile up here.
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    batch.begin();
    try {
      for (ByteBuffer bytes : buffers) {
        if (!call.isStreaming() || !parser.feed(bytes)) {
          return;
        }
      }
    } catch (EventTooLongException e) {
      call.givenUp(e);
    } finally {
      batch.end();
    }
  }

  @Override
  public void onError(Throwable error) {
    call.failed(error);
  }

  @Override
  public void onComplete() {
    if (call.isStreaming()) {
      parser.finish();
    }
    call.bodyEnded();
  }
}

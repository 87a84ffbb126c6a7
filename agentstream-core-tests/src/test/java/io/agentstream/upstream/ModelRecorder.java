package io.agentstream.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.agentstream.upstream.internal.UpstreamError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Notes a model's callbacks: tokens by their text, the others by name. */
final class ModelRecorder implements StreamingChatResponseHandler {

  private final List<String> calls = new ArrayList<>();
  private boolean cancelling;
  private @Nullable ChatResponse response;
  private @Nullable Throwable error;

  void cancelAtFirstToken() {
    cancelling = true;
  }

  @Override
  public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
    note(piece.text());
    if (cancelling) {
      context.streamingHandle().cancel();
    }
  }

  @Override
  public void onUnmappedRawEvent(Object event) {
    note(UpstreamError.isError(event) ? "unmapped error" : "unmapped");
  }

  @Override
  public synchronized void onCompleteResponse(ChatResponse response) {
    this.response = response;
    note("complete");
  }

  @Override
  public synchronized void onError(Throwable error) {
    this.error = error;
    note("error");
  }

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  synchronized ChatResponse awaitResponse() throws InterruptedException {
    awaitCall("complete");
    return Objects.requireNonNull(response);
  }

  synchronized Throwable awaitError() throws InterruptedException {
    awaitCall("error");
    return Objects.requireNonNull(error);
  }

  synchronized void awaitCall(String call) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!calls.contains(call)) {
      long left = deadline - System.nanoTime();
      assertThat(left).as("time left to wait for %s after %s", call, calls).isPositive();
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private synchronized void note(String call) {
    calls.add(call);
    notifyAll();
  }
}

package io.agentstream.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Notes every callback of one stream: {@code open}, the events' data, {@code close}, {@code error}.
 */
final class Recorder implements ServerSentEventListener {

  private final BiConsumer<String, ServerSentEventContext> onEvent;
  private final List<String> calls = new ArrayList<>();
  private @Nullable Throwable error;

  Recorder() {
    this((data, context) -> {});
  }

  /** Runs {@code onEvent} in the callback, after the event is noted. */
  Recorder(BiConsumer<String, ServerSentEventContext> onEvent) {
    this.onEvent = onEvent;
  }

  @Override
  public void onOpen(SuccessfulHttpResponse response) {
    note("open");
  }

  @Override
  public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
    note(event.data());
    onEvent.accept(event.data(), context);
  }

  @Override
  public void onClose() {
    note("close");
  }

  @Override
  public synchronized void onError(Throwable throwable) {
    error = throwable;
    note("error");
  }

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  synchronized Throwable error() {
    return Objects.requireNonNull(error);
  }

  Recorder awaitEnd() throws InterruptedException {
    return await("the end", () -> calls.contains("close") || calls.contains("error"));
  }

  Recorder awaitCall(String call) throws InterruptedException {
    return await(call, () -> calls.contains(call));
  }

  private synchronized void note(String call) {
    calls.add(call);
    notifyAll();
  }

  private synchronized Recorder await(String what, BooleanSupplier come)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!come.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      assertThat(left).as("time left to wait for %s after %s", what, calls).isPositive();
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return this;
  }
}

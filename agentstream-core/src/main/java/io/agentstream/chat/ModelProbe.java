package io.agentstream.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.agentstream.event.ErrorCause;
import io.agentstream.upstream.Diagnosis;
import io.agentstream.upstream.ServerComplaint;
import io.agentstream.upstream.UpstreamCall;
import io.agentstream.upstream.UpstreamCalls;
import io.agentstream.upstream.internal.UpstreamError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request of a {@link ModelCheck}, and its result. The calling thread waits; the model's
 * callbacks may come from any thread.
 */
final class ModelProbe implements StreamingChatResponseHandler {

  private final int mostPieces;
  private final CountDownLatch over = new CountDownLatch(1);
  private final List<UpstreamCall> calls = new ArrayList<>();
  // Only as much text as is needed to recognise a mark of thinking.
  private final StringBuilder text = new StringBuilder();
  private long begun;
  private int pieces;
  private boolean thinks;
  private boolean toolCalled;
  private boolean timedOut;
  private @Nullable Duration firstPiece;
  private @Nullable ModelFailure failure;

  /**
   * @param mostPieces the maximum number of pieces of text to wait for
   */
  ModelProbe(int mostPieces) {
    this.mostPieces = mostPieces;
  }

  /**
   * Sends the request and waits for the end, at most until {@code deadline}.
   *
   * @param deadline as {@code System.nanoTime()}
   */
  void ask(StreamingChatModel model, ChatRequest request, long deadline)
      throws InterruptedException {
    // A model may block in chat, but the check must end in time.
    Thread asking = new Thread(() -> send(model, request), "agentstream-model-check");
    asking.setDaemon(true);
    start();
    asking.start();
    try {
      if (!over.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        timeUp();
      }
    } finally {
      hangUp();
      asking.interrupt();
    }
  }

  private synchronized void start() {
    begun = System.nanoTime();
  }

  private void send(StreamingChatModel model, ChatRequest request) {
    try {
      UpstreamCalls.observing(this::add, () -> model.chat(request, this));
    } catch (Throwable e) {
      onError(e);
    }
  }

  private synchronized void add(UpstreamCall call) {
    calls.add(call);
    if (isOver()) {
      call.cancel();
    }
  }

  private synchronized void timeUp() {
    if (pieces == 0 && !toolCalled && !isOver()) {
      fail(
          ModelFailure.of(
              new Diagnosis(
                  ErrorCause.SILENT,
                  "no token came in the time for the check: is the model still loading, or the"
                      + " server overloaded?",
                  true,
                  null)));
    }
    timedOut = true;
    over.countDown();
  }

  private synchronized void hangUp() {
    timedOut = true;
    calls.forEach(UpstreamCall::cancel);
  }

  private boolean isOver() {
    return timedOut || over.getCount() == 0;
  }

  @Override
  public synchronized void onPartialResponse(String piece) {
    if (!isOver()) {
      piece();
      text.append(piece, 0, Math.min(piece.length(), 100));
      // One more than requested, because a server that obeys the limit ends by itself.
      if (pieces > mostPieces) {
        over.countDown();
      }
    }
  }

  @Override
  public synchronized void onPartialThinking(PartialThinking piece) {
    if (!isOver()) {
      thinks = true;
      piece();
    }
  }

  private void piece() {
    pieces++;
    if (firstPiece == null) {
      firstPiece = Duration.ofNanos(System.nanoTime() - begun);
    }
  }

  @Override
  public synchronized void onCompleteToolCall(CompleteToolCall call) {
    toolCalled |= !isOver();
  }

  @Override
  public synchronized void onCompleteResponse(ChatResponse response) {
    if (isOver()) {
      return;
    }
    toolCalled |= response.aiMessage().hasToolExecutionRequests();
    thinks |= response.aiMessage().thinking() != null;
    if (pieces == 0 && !toolCalled && response.finishReason() == null) {
      fail(ModelFailure.NOTHING);
    }
    over.countDown();
  }

  @Override
  public synchronized void onUnmappedRawEvent(Object event) {
    ServerComplaint complaint = UpstreamError.in(event);
    if (complaint != null) {
      fail(ModelFailure.of(complaint));
    }
  }

  @Override
  public synchronized void onError(Throwable error) {
    fail(ModelFailure.of(error));
  }

  private void fail(ModelFailure why) {
    if (!isOver()) {
      failure = why;
      over.countDown();
    }
  }

  synchronized @Nullable ModelFailure failure() {
    return failure;
  }

  synchronized int pieces() {
    return pieces;
  }

  synchronized boolean thinks() {
    String answer = text.toString();
    return thinks || !ThoughtFilter.strip(answer).strip().equals(answer.strip());
  }

  synchronized boolean toolCalled() {
    return toolCalled;
  }

  synchronized @Nullable Duration firstPiece() {
    return firstPiece;
  }
}

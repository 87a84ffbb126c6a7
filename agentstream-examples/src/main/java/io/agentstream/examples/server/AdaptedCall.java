package io.agentstream.examples.server;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.agentstream.event.ErrorCause;
import io.agentstream.upstream.ModelServerException;
import io.agentstream.upstream.UpstreamCall;
import io.agentstream.upstream.UpstreamCalls;
import io.agentstream.upstream.UpstreamHttpException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One answer of an {@link AdaptingModel}: one HTTP call, or two where the first was refused. To
 * those who stop it, it is one call. The model calls it from one thread at a time.
 */
final class AdaptedCall implements StreamingChatResponseHandler, UpstreamCall {

  private final StreamingChatModel model;
  private final ChatRequest request;
  private final StreamingChatResponseHandler handler;
  private final Runnable onLearnt;

  private volatile boolean without;
  private volatile boolean begun;
  private volatile boolean ended;
  private volatile boolean cancelled;
  private volatile @Nullable UpstreamCall call;

  /**
   * @param onLearnt runs when an answer came only without the temperature
   */
  AdaptedCall(
      StreamingChatModel model,
      ChatRequest request,
      StreamingChatResponseHandler handler,
      Runnable onLearnt) {
    this.model = model;
    this.request = request;
    this.handler = handler;
    this.onLearnt = onLearnt;
  }

  void send(boolean withoutTemperature) {
    ChatRequest sent = withoutTemperature ? withoutTemperature() : request;
    UpstreamCalls.observing(this::made, () -> model.chat(sent, this));
  }

  private ChatRequest withoutTemperature() {
    ChatRequest.Builder copy = ChatRequest.builder().messages(request.messages());
    if (request.maxOutputTokens() != null) {
      copy.maxOutputTokens(request.maxOutputTokens());
    }
    if (request.toolSpecifications() != null && !request.toolSpecifications().isEmpty()) {
      copy.toolSpecifications(request.toolSpecifications());
    }
    return copy.build();
  }

  private void made(UpstreamCall made) {
    call = made;
    if (cancelled) {
      made.cancel();
    }
    made.whenOver(() -> over(made));
  }

  /** A model that has reported no end with the body of its last call never will. */
  private void over(UpstreamCall made) {
    if (!ended && made.equals(call)) {
      fail(
          new ModelServerException(
              begun ? ErrorCause.BROKEN_STREAM : ErrorCause.EMPTY_ANSWER,
              "its stream ended before the event that ends an answer",
              true));
    }
  }

  private void fail(Throwable error) {
    ended = true;
    handler.onError(error);
  }

  @Override
  public void cancel() {
    cancelled = true;
    UpstreamCall open = call;
    if (open != null) {
      open.cancel();
    }
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public boolean showedLife() {
    UpstreamCall open = call;
    return open != null && open.showedLife();
  }

  @Override
  public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
    begun = true;
    handler.onPartialResponse(piece, context);
  }

  @Override
  public void onPartialResponse(String piece) {
    begun = true;
    handler.onPartialResponse(piece);
  }

  @Override
  public void onPartialThinking(PartialThinking piece, PartialThinkingContext context) {
    begun = true;
    handler.onPartialThinking(piece, context);
  }

  @Override
  public void onPartialThinking(PartialThinking piece) {
    begun = true;
    handler.onPartialThinking(piece);
  }

  @Override
  public void onPartialToolCall(PartialToolCall piece, PartialToolCallContext context) {
    begun = true;
    handler.onPartialToolCall(piece, context);
  }

  @Override
  public void onPartialToolCall(PartialToolCall piece) {
    begun = true;
    handler.onPartialToolCall(piece);
  }

  @Override
  public void onCompleteToolCall(CompleteToolCall toolCall) {
    begun = true;
    handler.onCompleteToolCall(toolCall);
  }

  @Override
  public void onUnmappedRawEvent(Object event) {
    handler.onUnmappedRawEvent(event);
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    ended = true;
    if (without) {
      onLearnt.run();
    }
    handler.onCompleteResponse(response);
  }

  @Override
  public void onError(Throwable error) {
    boolean again = !begun && !without && !cancelled && refusesTemperature(error);
    if (!again) {
      fail(error);
      return;
    }
    without = true;
    try {
      send(true);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private boolean refusesTemperature(Throwable error) {
    return request.temperature() != null
        && Stream.<Throwable>iterate(error, e -> e != null, Throwable::getCause)
            .limit(8)
            .anyMatch(
                e ->
                    e instanceof UpstreamHttpException refusal
                        && refusal.statusCode() == 400
                        && refusal.complaint().names("temperature"));
  }
}

package io.agentstream.micrometer;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.agentstream.chat.ModelCallListener;
import io.agentstream.chat.ModelCallObservation;
import io.agentstream.chat.ModelFailure;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.SpeakerChange;
import io.agentstream.event.StreamListener;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.StreamingThinking;
import io.agentstream.event.StreamingToken;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Counts what one conversation does. Called in the conversation's serial order. */
final class ConversationCounts implements StreamListener, ModelCallListener, ModelCallObservation {

  private final Counts counts;
  private final LongConsumer firstTokenAfterNanos;
  // When each answer began whose first token has not come yet.
  private final Map<String, Long> silentSince = new HashMap<>();

  ConversationCounts(Counts counts, LongConsumer firstTokenAfterNanos) {
    this.counts = counts;
    this.firstTokenAfterNanos = firstTokenAfterNanos;
  }

  @Override
  public void onConversationStarted(ConversationStarted event) {
    counts.started.increment();
  }

  @Override
  public void onConversationEnded(ConversationEnded event) {
    counts.ended(event.reason());
  }

  @Override
  public void onSpeakerChange(SpeakerChange event) {
    silentSince.put(event.messageId(), System.nanoTime());
  }

  @Override
  public void onStreamingToken(StreamingToken event) {
    counts.tokens.increment();
    if (event.offset() == 0) {
      firstToken(event.messageId());
    }
  }

  private void firstToken(String messageId) {
    Long since = silentSince.remove(messageId);
    if (since != null) {
      firstTokenAfterNanos.accept(System.nanoTime() - since);
    }
  }

  @Override
  public void onStreamingThinking(StreamingThinking event) {
    counts.thinkingTokens.increment();
  }

  @Override
  public void onStreamingComplete(StreamingComplete event) {
    silentSince.remove(event.messageId());
  }

  @Override
  public ModelCallObservation onModelCall(
      @Nullable String messageId, StreamingChatModel model, ChatRequest request) {
    counts.modelCalls.increment();
    return this;
  }

  @Override
  public void failed(ModelFailure failure, boolean callsAgain) {
    counts.upstreamError(failure.cause());
    if (callsAgain) {
      counts.retries.increment();
    }
  }
}

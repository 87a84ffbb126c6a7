package io.agentstream.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import org.jspecify.annotations.Nullable;

/**
 * Receives each call of a conversation to a model, including retries, for metrics and traces.
 * Called in the conversation's serial order, on the streaming thread, so it must not block. If it
 * throws, the exception is logged and has no other effect.
 */
@FunctionalInterface
public interface ModelCallListener {

  /**
   * Called when a call begins.
   *
   * @param messageId the message for which it is made; null for other calls, such as one that picks
   *     the next speaker
   * @param model the called model
   * @param request the request; it contains prompts, which must not be logged
   * @return receives the end of the call
   */
  ModelCallObservation onModelCall(
      @Nullable String messageId, StreamingChatModel model, ChatRequest request);
}

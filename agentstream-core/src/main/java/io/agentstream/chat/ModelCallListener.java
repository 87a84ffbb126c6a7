package io.agentstream.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each call that a conversation makes to a model, repeated calls included; for metrics
 * and traces. Called in the conversation's serial order, on the thread that streams, so it must not
 * block. One that throws is logged and harms nothing.
 */
@FunctionalInterface
public interface ModelCallListener {

  /**
   * A call begins.
   *
   * @param messageId the answer it is made for; null for one beside the answers, such as one that
   *     picks the next speaker
   * @param model what is called
   * @param request what it is asked: prompts, which belong into no log
   * @return told how the call ends
   */
  ModelCallObservation onModelCall(
      @Nullable String messageId, StreamingChatModel model, ChatRequest request);
}

package io.agentstream.chat.speaker;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Calls a model on behalf of a conversation. The usage counts as the conversation's overhead, the
 * conversation's time limits apply, and a stop cancels the call.
 */
@FunctionalInterface
public interface ModelAsker {

  /**
   * Asks once.
   *
   * @return the answer's text, trimmed, without the thoughts in it; fails with a {@link
   *     ModelAskException} if the model fails
   */
  CompletionStage<String> ask(StreamingChatModel model, List<ChatMessage> messages);
}

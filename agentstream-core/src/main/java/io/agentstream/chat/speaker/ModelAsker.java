package io.agentstream.chat.speaker;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Asks a model on behalf of a conversation: what it uses counts as the conversation's overhead, its
 * clocks are the conversation's, and a stop hangs up on it.
 */
@FunctionalInterface
public interface ModelAsker {

  /**
   * Asks once.
   *
   * @return the answer's text, trimmed, without what the model thought aloud in it; fails with a
   *     {@link ModelAskException} where the model fails
   */
  CompletionStage<String> ask(StreamingChatModel model, List<ChatMessage> messages);
}

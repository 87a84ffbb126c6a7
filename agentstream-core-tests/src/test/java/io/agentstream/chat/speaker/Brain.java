package io.agentstream.chat.speaker;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.function.UnaryOperator;

/** A model that answers at once whatever a function makes of the question; 100 and 10 tokens. */
record Brain(UnaryOperator<String> thought) implements StreamingChatModel {

  /** Plans, and judges by these lines. */
  static Brain planning(String judgement) {
    return new Brain(question -> question.contains("SATISFIED") ? judgement : "Well.");
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    int last = request.messages().size() - 1;
    String answer = thought.apply(((UserMessage) request.messages().get(last)).singleText());
    handler.onPartialResponse(answer);
    handler.onCompleteResponse(
        ChatResponse.builder()
            .aiMessage(AiMessage.from(answer))
            .finishReason(FinishReason.STOP)
            .tokenUsage(new TokenUsage(100, 10))
            .build());
  }
}

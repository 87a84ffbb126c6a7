package io.agentstream.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;

/** Checks the whole answers that models report, and cleans them. */
final class ModelAnswers {

  private ModelAnswers() {}

  /** Returns whether nothing is in it: a 2xx without an answer, which models take for one. */
  static boolean isNothing(ChatResponse response) {
    AiMessage answer = response.aiMessage();
    boolean empty =
        answer == null
            || ((answer.text() == null || answer.text().isEmpty())
                && !answer.hasToolExecutionRequests());
    FinishReason reason = response.finishReason();
    return empty && (reason == null || reason == FinishReason.TOOL_EXECUTION);
  }

  static boolean hasMoreCalls(ChatResponse response, int most) {
    AiMessage answer = response.aiMessage();
    return answer != null && answer.toolExecutionRequests().size() > most;
  }

  static ChatResponse withoutThoughts(ChatResponse response) {
    AiMessage answer = response.aiMessage();
    if (answer == null || answer.text() == null) {
      return response;
    }
    String text = ThoughtFilter.strip(answer.text());
    return response.toBuilder().aiMessage(answer.toBuilder().text(text).build()).build();
  }
}

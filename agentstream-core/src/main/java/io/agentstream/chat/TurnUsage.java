package io.agentstream.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.agentstream.chat.context.TokenEstimator;
import io.agentstream.event.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The usage of a call: reported by the model server, else estimated from the length of the texts.
 */
final class TurnUsage {

  private static final TokenEstimator ESTIMATOR = TokenEstimator.byLength();

  private TurnUsage() {}

  static Usage of(ChatResponse response, List<ChatMessage> prompt, String answer) {
    TokenUsage counted = response.tokenUsage();
    if (counted == null
        || counted.inputTokenCount() == null
        || counted.outputTokenCount() == null
        || counted.inputTokenCount() < 0
        || counted.outputTokenCount() < 0) {
      return estimate(prompt, answer);
    }
    return Usage.counted(counted.inputTokenCount(), counted.outputTokenCount());
  }

  static Usage estimate(List<ChatMessage> prompt, String answer) {
    int input = prompt.stream().mapToInt(message -> ESTIMATOR.estimate(text(message))).sum();
    return Usage.estimated(input, ESTIMATOR.estimate(answer));
  }

  /** Returns the length of the texts, in UTF-16 code units. */
  static long chars(List<ChatMessage> prompt) {
    return prompt.stream().mapToLong(message -> text(message).length()).sum();
  }

  private static String text(ChatMessage message) {
    if (message instanceof SystemMessage system) {
      return system.text();
    }
    if (message instanceof UserMessage user) {
      return user.hasSingleText() ? user.singleText() : user.toString();
    }
    if (message instanceof ToolExecutionResultMessage result) {
      return orEmpty(result.text());
    }
    return message instanceof AiMessage answer ? orEmpty(answer.text()) : "";
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}

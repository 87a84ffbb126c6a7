package io.agentstream.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import io.agentstream.event.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A turn in progress that has called tools. It continues after these calls, because to repeat them
 * could do something twice.
 *
 * @param agentName whose turn it is
 * @param text the message's text before the newest calls
 * @param thinking the model's thinking before the newest calls
 * @param usage the tokens used for the turn before the newest calls; null if there were none
 * @param answers the model's answers with tool calls, oldest first; only the newest can have calls
 *     without a result
 */
public record BegunTurn(
    String agentName,
    String text,
    String thinking,
    @Nullable Usage usage,
    List<ToolAnswer> answers) {
  public BegunTurn {
    answers = List.copyOf(answers);
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("a begun turn has called no tool");
    }
  }

  /**
   * A model's answer with tool calls.
   *
   * @param answer the answer
   * @param calls its calls, in the order of the answer
   */
  public record ToolAnswer(ChatMessage answer, List<Call> calls) {
    public ToolAnswer {
      calls = List.copyOf(calls);
      if (!(answer instanceof AiMessage said)
          || said.toolExecutionRequests().size() != calls.size()) {
        throw new IllegalArgumentException("an answer does not have these calls");
      }
    }

    AiMessage message() {
      return (AiMessage) answer;
    }
  }

  /**
   * A tool call.
   *
   * @param key its {@link Agent#IDEMPOTENCY_KEY}; null if the tool was not called
   * @param result its result; null if it has none
   * @param isError true if it failed
   */
  public record Call(@Nullable String key, @Nullable String result, boolean isError) {}
}

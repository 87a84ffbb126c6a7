package io.agentstream.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.context.ContextWindow;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.settings.Timeouts;
import org.jspecify.annotations.Nullable;

/**
 * How an agent uses its model: what the model sees, how it is called, and how its answer is read.
 *
 * @param systemPrompt the agent's instructions, or null
 * @param introduced true if the system prompt ends with the agent's name and the form of others'
 *     messages
 * @param window the part of the conversation that the model sees
 * @param temperature the sampling temperature; null leaves it to the model
 * @param maxTokens the maximum number of tokens in one answer; null leaves it to the model
 * @param fallback the model that is called when the first one fails for good, or null
 * @param retryPolicy how often a failed call is repeated
 * @param timeouts the timeouts for the agent's turns; null for the chat's
 * @param missingFinishReason the meaning of an end of the stream without a known finish reason
 * @param thoughtsInText true if thoughts are separated from the model's text
 * @param thinkingShown true if viewers see the model's thinking
 */
record ModelUse(
    @Nullable String systemPrompt,
    boolean introduced,
    ContextWindow window,
    @Nullable Double temperature,
    @Nullable Integer maxTokens,
    @Nullable StreamingChatModel fallback,
    RetryPolicy retryPolicy,
    @Nullable Timeouts timeouts,
    TurnFinishReason missingFinishReason,
    boolean thoughtsInText,
    boolean thinkingShown) {

  /** The settings for the use of a model, with their defaults. */
  static final class Settings {
    @Nullable String systemPrompt;
    boolean introduced = true;
    ContextWindow window = ContextWindow.everything();
    @Nullable Double temperature;
    @Nullable Integer maxTokens;
    @Nullable StreamingChatModel fallback;
    RetryPolicy retryPolicy = RetryPolicy.defaults();
    @Nullable Timeouts timeouts;
    TurnFinishReason missingFinishReason = TurnFinishReason.TRUNCATED;
    boolean thoughtsInText = true;
    boolean thinkingShown = true;

    ModelUse build() {
      return new ModelUse(
          systemPrompt,
          introduced,
          window,
          temperature,
          maxTokens,
          fallback,
          retryPolicy,
          timeouts,
          missingFinishReason,
          thoughtsInText,
          thinkingShown);
    }
  }
}

package io.agentstream.upstream.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import io.agentstream.event.ErrorCause;
import io.agentstream.upstream.ModelServerException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A growing answer: passes each piece to the handler and keeps the data for the whole answer. Used
 * by one thread at a time.
 */
final class Answer {

  private final StreamingChatResponseHandler handler;
  private final PartialResponseContext textContext;
  private final PartialThinkingContext thinkingContext;
  private final PartialToolCallContext toolContext;

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private final ToolCalls toolCalls = new ToolCalls();
  private final ReasoningDetails details = new ReasoningDetails();
  private final ReasoningDetails thinkingBlocks = new ReasoningDetails();
  private @Nullable String thinkingField;
  private @Nullable String id;
  private @Nullable String modelName;
  private @Nullable TokenUsage usage;
  private @Nullable FinishReason finishReason;
  private int pieces;

  Answer(StreamingChatResponseHandler handler, StreamingHandle handle) {
    this.handler = handler;
    this.textContext = new PartialResponseContext(handle);
    this.thinkingContext = new PartialThinkingContext(handle);
    this.toolContext = new PartialToolCallContext(handle);
  }

  void text(String piece) {
    if (!piece.isEmpty()) {
      text.append(piece);
      pieces++;
      handler.onPartialResponse(new PartialResponse(piece), textContext);
    }
  }

  /**
   * Takes thinking.
   *
   * @param field the name of its field; null if it has no separate field
   */
  void thinking(String piece, @Nullable String field) {
    if (piece.isEmpty()) {
      return;
    }
    if (thinkingField == null) {
      thinkingField = field;
    }
    thinking.append(piece);
    pieces++;
    if (thinking.length() > AnswerLimits.THINKING_CHARS) {
      throw AnswerLimits.passed("its thinking", AnswerLimits.THINKING_CHARS + " characters");
    }
    handler.onPartialThinking(new PartialThinking(piece), thinkingContext);
  }

  void toolCall(JsonNode call, int position) {
    ToolCalls.Piece piece = toolCalls.take(call, position);
    pieces++;
    if (!piece.arguments().isEmpty() && !piece.name().isBlank()) {
      handler.onPartialToolCall(
          PartialToolCall.builder()
              .index(piece.position())
              .id(piece.id())
              .name(piece.name())
              .partialArguments(piece.arguments())
              .build(),
          toolContext);
    }
  }

  void reasoningDetails(JsonNode more) {
    details.take(more);
  }

  void thinkingBlocks(JsonNode more) {
    thinkingBlocks.take(more);
  }

  void named(@Nullable String id, @Nullable String modelName) {
    this.id = this.id == null ? id : this.id;
    this.modelName = this.modelName == null ? modelName : this.modelName;
  }

  void usage(@Nullable TokenUsage usage) {
    this.usage = usage == null ? this.usage : usage;
  }

  @Nullable TokenUsage usage() {
    return usage;
  }

  void finish(@Nullable FinishReason reason) {
    this.finishReason = reason == null ? finishReason : reason;
  }

  boolean isFinished() {
    return finishReason != null;
  }

  boolean hasToolCalls() {
    return !toolCalls.isEmpty();
  }

  /**
   * Returns the failure of an answer whose server announced tool calls, if there is neither a call
   * nor a text; otherwise null.
   */
  @Nullable ModelServerException lackOfCalls() {
    if (finishReason != FinishReason.TOOL_EXECUTION || !saysNothing()) {
      return null;
    }
    return new ModelServerException(
        ErrorCause.TOOL_USE_FAILED,
        "the server says that its model called a tool, and sent no call: see the server's"
            + " settings for tool calls",
        true);
  }

  /** Returns true if there is neither a text nor a tool call, and not because of a limit. */
  boolean isSilent() {
    return saysNothing()
        && finishReason != FinishReason.LENGTH
        && finishReason != FinishReason.CONTENT_FILTER;
  }

  /** Returns true if neither a text nor a tool call has arrived. */
  boolean saysNothing() {
    return text.isEmpty() && toolCalls.areBlank();
  }

  /** Returns how many pieces of text, thinking and tool calls have arrived. */
  int pieces() {
    return pieces;
  }

  /** Returns true if neither a part of an answer nor its end has arrived. */
  boolean isNothing() {
    return text.isEmpty() && thinking.isEmpty() && toolCalls.isEmpty() && finishReason == null;
  }

  /** Returns true if a piece has reached the handler, so that a retry would be noticed. */
  boolean hasBegun() {
    return !text.isEmpty() || !thinking.isEmpty() || !toolCalls.isEmpty();
  }

  /**
   * Passes the whole answer on.
   *
   * @param done true if the server said that it is complete, possibly without a reason
   */
  void complete(boolean done, ToolCallIds ids) {
    List<ToolExecutionRequest> requests = toolCalls.requests(ids);
    for (int i = 0; i < requests.size(); i++) {
      handler.onCompleteToolCall(new CompleteToolCall(i, requests.get(i)));
    }
    FinishReason reason = finishReason;
    if (reason == null && done) {
      reason = requests.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_EXECUTION;
    }
    AiMessage.Builder message = AiMessage.builder().text(text.toString());
    if (!requests.isEmpty()) {
      message.toolExecutionRequests(requests);
    }
    if (!thinking.isEmpty()) {
      message.thinking(thinking.toString());
    }
    message.attributes(attributes(requests));
    handler.onCompleteResponse(
        ChatResponse.builder()
            .aiMessage(message.build())
            .id(id)
            .modelName(modelName)
            .tokenUsage(usage)
            .finishReason(reason)
            .build());
  }

  /** Fields that the server needs back with the next request, for which langchain4j has no name. */
  private Map<String, Object> attributes(List<ToolExecutionRequest> requests) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    if (thinkingField != null) {
      attributes.put(SentBack.THINKING_FIELD, thinkingField);
    }
    String collected = details.json();
    if (collected != null) {
      attributes.put(SentBack.REASONING_DETAILS, collected);
    }
    String blocks = thinkingBlocks.json();
    if (blocks != null) {
      attributes.put(SentBack.THINKING_BLOCKS, blocks);
    }
    for (SentBack.CallField field : SentBack.CALL_FIELDS) {
      Map<String, Object> extras = toolCalls.extras(field, requests);
      if (!extras.isEmpty()) {
        attributes.put(field.attribute(), extras);
      }
    }
    return attributes;
  }
}

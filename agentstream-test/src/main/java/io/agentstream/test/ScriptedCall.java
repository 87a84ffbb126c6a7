package io.agentstream.test;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of a {@link ScriptedModel}. It does as it is told, however badly that behaves: tokens
 * after the end, two ends, or an end after {@link #isHungUp} are sent like any other, as real
 * models do send them. Each method runs on the caller's thread and returns when the chat has taken
 * it in; not safe for use by several threads at once, except {@link #isHungUp}.
 */
public final class ScriptedCall {

  /** What a call costs unless told otherwise, beside one output token for each piece of text. */
  public static final int INPUT_TOKENS = 10;

  private final ChatRequest request;
  private final StreamingChatResponseHandler handler;
  private final Handle handle = new Handle();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private final List<ToolExecutionRequest> toolCalls = new ArrayList<>();
  private int pieces;
  private @Nullable TokenUsage usage;
  private boolean withoutUsage;

  ScriptedCall(ChatRequest request, StreamingChatResponseHandler handler) {
    this.request = request;
    this.handler = handler;
  }

  /** What the model is asked. */
  public ChatRequest request() {
    return request;
  }

  /** What the model is shown. */
  public List<ChatMessage> messages() {
    return request.messages();
  }

  /** Where the answer goes, for what no method here does. */
  public StreamingChatResponseHandler handler() {
    return handler;
  }

  /** Whether the chat has hung up. Before the first piece it has no handle to do so with. */
  public boolean isHungUp() {
    return handle.cancelled;
  }

  /** Sends text, a piece at a time. */
  public ScriptedCall tokens(String... tokens) {
    for (String token : tokens) {
      text.append(token);
      pieces++;
      if (token.isEmpty()) {
        // langchain4j's PartialResponse cannot hold it, though some models send it.
        handler.onPartialResponse(token);
      } else {
        handler.onPartialResponse(new PartialResponse(token), new PartialResponseContext(handle));
      }
    }
    return this;
  }

  /** Sends thinking, a piece at a time. */
  public ScriptedCall thinking(String... tokens) {
    for (String token : tokens) {
      thinking.append(token);
      pieces++;
      handler.onPartialThinking(new PartialThinking(token), new PartialThinkingContext(handle));
    }
    return this;
  }

  /**
   * Asks for a tool. The chat hears of it as it does from real models: a piece now, the whole when
   * the call is complete.
   *
   * @param arguments a JSON object
   */
  public ScriptedCall toolCall(String name, String arguments) {
    int index = toolCalls.size();
    String id = "call_" + (index + 1);
    toolCalls.add(ToolExecutionRequest.builder().id(id).name(name).arguments(arguments).build());
    partialToolCall(index, id, name, arguments);
    return this;
  }

  private void partialToolCall(int index, String id, String name, String arguments) {
    if (!arguments.isEmpty()) {
      handler.onPartialToolCall(
          PartialToolCall.builder()
              .index(index)
              .id(id)
              .name(name)
              .partialArguments(arguments)
              .build(),
          new PartialToolCallContext(handle));
    }
  }

  /** What the completion will say that the call used. */
  public ScriptedCall usage(int inputTokens, int outputTokens) {
    usage = new TokenUsage(inputTokens, outputTokens);
    return this;
  }

  /** Lets the completion say nothing of what the call used. */
  public ScriptedCall withoutUsage() {
    withoutUsage = true;
    return this;
  }

  /** Completes the call, with {@code STOP} or, where it asked for tools, {@code TOOL_EXECUTION}. */
  public void complete() {
    complete(toolCalls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_EXECUTION);
  }

  /**
   * Completes the call.
   *
   * @param reason null where the model server gave none, as after a stream that broke off cleanly
   */
  public void complete(@Nullable FinishReason reason) {
    handler.onCompleteResponse(
        ChatResponse.builder()
            .aiMessage(
                AiMessage.builder()
                    .text(text.toString())
                    .thinking(thinking.isEmpty() ? null : thinking.toString())
                    .toolExecutionRequests(List.copyOf(toolCalls))
                    .build())
            .finishReason(reason)
            .tokenUsage(counted())
            .build());
  }

  private @Nullable TokenUsage counted() {
    if (withoutUsage) {
      return null;
    }
    return usage == null ? new TokenUsage(INPUT_TOKENS, pieces) : usage;
  }

  /** Fails the call. */
  public void fail(Throwable error) {
    handler.onError(error);
  }

  private static final class Handle implements StreamingHandle {
    private volatile boolean cancelled;

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }
  }
}

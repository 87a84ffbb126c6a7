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
 * One call of a {@link ScriptedModel}. The test may make it misbehave: tokens after the end, two
 * ends, or an end after {@link #isHungUp} are sent like any others, because real models send them
 * too. Each method runs on the caller's thread and returns when the chat has processed the
 * callback. Not thread-safe, except {@link #isHungUp}.
 */
public final class ScriptedCall {

  /** The default number of input tokens of a call; output is one token for each piece of text. */
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

  /** Returns the request. */
  public ChatRequest request() {
    return request;
  }

  /** Returns the messages of the request. */
  public List<ChatMessage> messages() {
    return request.messages();
  }

  /** Returns the handler for the answer, for callbacks that this class does not offer. */
  public StreamingChatResponseHandler handler() {
    return handler;
  }

  /**
   * Returns true if the chat has cancelled the call. Before the first piece it has no handle to do
   * so.
   */
  public boolean isHungUp() {
    return handle.cancelled;
  }

  /** Sends text, a piece at a time. */
  public ScriptedCall tokens(String... tokens) {
    for (String token : tokens) {
      text.append(token);
      pieces++;
      if (token.isEmpty()) {
        // langchain4j's PartialResponse cannot hold an empty text, but some models send it.
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
   * Requests a tool call. As with real models, the chat gets a piece of it now and the whole when
   * the call completes.
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

  /** Sets the usage that the completion reports. */
  public ScriptedCall usage(int inputTokens, int outputTokens) {
    usage = new TokenUsage(inputTokens, outputTokens);
    return this;
  }

  /** Makes the completion report no usage. */
  public ScriptedCall withoutUsage() {
    withoutUsage = true;
    return this;
  }

  /** Completes the call, with {@code STOP} or, if it requested tools, {@code TOOL_EXECUTION}. */
  public void complete() {
    complete(toolCalls.isEmpty() ? FinishReason.STOP : FinishReason.TOOL_EXECUTION);
  }

  /**
   * Completes the call.
   *
   * @param reason null if the model server gave none, as after a stream that ended cleanly but too
   *     early
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

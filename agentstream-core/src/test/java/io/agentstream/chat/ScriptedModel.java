package io.agentstream.chat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A model whose calls wait in a list until the test answers them, on the test's thread. */
public final class ScriptedModel implements StreamingChatModel {

  private final BlockingDeque<Call> calls = new LinkedBlockingDeque<>();
  private final Queue<Consumer<Call>> answers = new ConcurrentLinkedQueue<>();

  /** Answers the next call as soon as it comes. */
  public ScriptedModel answers(String... tokens) {
    answers.add(call -> call.tokens(tokens).complete());
    return this;
  }

  /** Does this with the next call as soon as it comes. */
  public ScriptedModel then(Consumer<Call> answer) {
    answers.add(answer);
    return this;
  }

  /** The oldest call that waits for an answer. */
  public Call next() {
    Call call = calls.poll();
    if (call == null) {
      throw new AssertionError("No call waits");
    }
    return call;
  }

  /** The oldest call that waits for an answer, which goes on waiting. */
  public Call peek() {
    Call call = calls.peek();
    if (call == null) {
      throw new AssertionError("No call waits");
    }
    return call;
  }

  /** The next call, once it comes on another thread. */
  public Call await() throws InterruptedException {
    Call call = calls.poll(1, TimeUnit.MINUTES);
    if (call == null) {
      throw new AssertionError("No call came");
    }
    return call;
  }

  public boolean isIdle() {
    return calls.isEmpty();
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    Call call = new Call(request, handler);
    Consumer<Call> answer = answers.poll();
    if (answer == null) {
      calls.add(call);
    } else {
      answer.accept(call);
    }
  }

  /** One call of the model. */
  public static final class Call {
    private final ChatRequest request;
    private final StreamingChatResponseHandler handler;
    private final List<String> sent = new ArrayList<>();

    Call(ChatRequest request, StreamingChatResponseHandler handler) {
      this.request = request;
      this.handler = handler;
    }

    public ChatRequest request() {
      return request;
    }

    public StreamingChatResponseHandler handler() {
      return handler;
    }

    public Call tokens(String... tokens) {
      for (String token : tokens) {
        sent.add(token);
        handler.onPartialResponse(token);
      }
      return this;
    }

    public Call thinking(String... pieces) {
      for (String piece : pieces) {
        handler.onPartialThinking(new PartialThinking(piece));
      }
      return this;
    }

    /** Ends the call by asking for tools. */
    public void callTools(ToolExecutionRequest... requests) {
      handler.onCompleteResponse(
          ChatResponse.builder()
              .aiMessage(AiMessage.from(String.join("", sent), List.of(requests)))
              .finishReason(FinishReason.TOOL_EXECUTION)
              .tokenUsage(new TokenUsage(10, sent.size()))
              .build());
    }

    public void complete() {
      complete(FinishReason.STOP);
    }

    public void complete(@Nullable FinishReason reason) {
      handler.onCompleteResponse(
          ChatResponse.builder()
              .aiMessage(AiMessage.from(String.join("", sent)))
              .finishReason(reason)
              .tokenUsage(new TokenUsage(10, sent.size()))
              .build());
    }

    public void fail(Throwable error) {
      handler.onError(error);
    }
  }
}

package io.agentstream.jakarta;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A model that says what the test wants, when the test wants it. */
final class ScriptedModel implements StreamingChatModel {

  private final BlockingQueue<Answer> calls = new LinkedBlockingQueue<>();
  private final Consumer<Answer> onCall;

  private ScriptedModel(Consumer<Answer> onCall) {
    this.onCall = onCall;
  }

  /** Answers every call with these tokens at once. */
  static ScriptedModel saying(List<String> tokens) {
    return new ScriptedModel(
        answer -> {
          tokens.forEach(answer::say);
          answer.finish();
        });
  }

  /** Answers every call with these tokens at once. */
  static ScriptedModel saying(String... tokens) {
    return saying(List.of(tokens));
  }

  /** Leaves every call to the test, which takes it by {@link #nextCall}. */
  static ScriptedModel held() {
    return new ScriptedModel(answer -> {});
  }

  /** Waits for the next call; the test speaks on its own thread. */
  Answer nextCall() {
    try {
      Answer answer = calls.poll(TestViewer.PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (answer == null) {
        throw new AssertionError("The model was not called");
      }
      return answer;
    } catch (InterruptedException e) {
      throw new AssertionError("Interrupted while waiting for a call", e);
    }
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    Answer answer = new Answer(handler);
    onCall.accept(answer);
    calls.add(answer);
  }

  /** An answer under way. */
  static final class Answer {
    private final StreamingChatResponseHandler handler;
    private final StringBuilder text = new StringBuilder();

    private Answer(StreamingChatResponseHandler handler) {
      this.handler = handler;
    }

    void say(String token) {
      text.append(token);
      handler.onPartialResponse(token);
    }

    void finish() {
      handler.onCompleteResponse(
          ChatResponse.builder()
              .aiMessage(AiMessage.from(text.toString()))
              .finishReason(FinishReason.STOP)
              .build());
    }
  }
}

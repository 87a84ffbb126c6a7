package io.agentstream.upstream.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.agentstream.upstream.Diagnosis;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The callbacks of a model for one request. */
final class Asked implements StreamingChatResponseHandler {

  private final List<String> tokens = new ArrayList<>();
  private final StringBuilder thinking = new StringBuilder();
  private final CountDownLatch end = new CountDownLatch(1);
  private int ends;
  private @Nullable ChatResponse response;
  private @Nullable Throwable error;

  @Override
  public synchronized void onPartialResponse(String piece) {
    tokens.add(piece);
    notifyAll();
  }

  @Override
  public synchronized void onPartialThinking(PartialThinking piece) {
    thinking.append(piece.text());
  }

  @Override
  public synchronized void onCompleteResponse(ChatResponse response) {
    this.response = response;
    ended();
  }

  @Override
  public synchronized void onError(Throwable error) {
    this.error = error;
    ended();
  }

  private void ended() {
    ends++;
    end.countDown();
  }

  private synchronized int ends() {
    return ends;
  }

  Asked await() throws InterruptedException {
    assertThat(end.await(60, TimeUnit.SECONDS)).as("an end").isTrue();
    assertThat(ends()).as("ends").isEqualTo(1);
    return this;
  }

  /** Waits for the first pieces of the answer. */
  synchronized void awaitTokens(int count) throws InterruptedException {
    while (tokens.size() < count) {
      wait();
    }
  }

  List<String> tokens() {
    return List.copyOf(tokens);
  }

  String thinking() {
    return thinking.toString();
  }

  ChatResponse response() {
    assertThat(error).isNull();
    return Objects.requireNonNull(response);
  }

  AiMessage message() {
    return response().aiMessage();
  }

  Diagnosis failure() {
    assertThat(response).as("a response in place of a failure").isNull();
    return Diagnosis.of(Objects.requireNonNull(error));
  }
}

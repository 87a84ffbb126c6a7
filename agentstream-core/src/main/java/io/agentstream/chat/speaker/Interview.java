package io.agentstream.chat.speaker;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.internal.Thoughts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model until its answer can be made out, and tells it each time what was wrong. A call that
 * fails is an attempt too, and the question is put again.
 *
 * <p>Only user and assistant messages are used, in turn, since the chat templates of many local
 * models take nothing else.
 */
final class Interview<T> {

  private final ModelAsker asker;
  private final StreamingChatModel model;
  private final Function<String, Reading<T>> reader;

  Interview(ModelAsker asker, StreamingChatModel model, Function<String, Reading<T>> reader) {
    this.asker = asker;
    this.model = model;
    this.reader = reader;
  }

  /**
   * What an answer was understood as.
   *
   * @param value what; null if it cannot be made out
   * @param feedback if so, what the model is told
   */
  record Reading<T>(@Nullable T value, String feedback) {

    static <T> Reading<T> of(T value) {
      return new Reading<>(value, "");
    }

    static <T> Reading<T> unclear(String feedback) {
      return new Reading<>(null, feedback);
    }
  }

  /**
   * Asks.
   *
   * @param attempts how often at most, from 1
   * @return the first answer that could be made out; empty if none could; fails with a {@link
   *     ModelAskException} if the last call failed
   */
  CompletionStage<Optional<T>> ask(String question, int attempts) {
    return ask(List.of(UserMessage.from(question)), attempts);
  }

  private CompletionStage<Optional<T>> ask(List<ChatMessage> messages, int attempts) {
    return asker
        .ask(model, messages)
        .handle((answer, failure) -> next(messages, answer, failure, attempts - 1))
        .thenCompose(Function.identity());
  }

  private CompletionStage<Optional<T>> next(
      List<ChatMessage> messages,
      @Nullable String answer,
      @Nullable Throwable failure,
      int attemptsLeft) {
    if (answer == null) {
      return failed(messages, failure, attemptsLeft);
    }
    String said = Thoughts.without(answer);
    Reading<T> reading = reader.apply(said);
    if (reading.value() != null) {
      return CompletableFuture.completedStage(Optional.of(reading.value()));
    }
    if (attemptsLeft == 0) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    List<ChatMessage> more = new ArrayList<>(messages);
    more.add(AiMessage.from(said.isEmpty() ? "(nothing)" : said));
    more.add(UserMessage.from(reading.feedback()));
    return ask(more, attemptsLeft);
  }

  private CompletionStage<Optional<T>> failed(
      List<ChatMessage> messages, @Nullable Throwable failure, int attemptsLeft) {
    Throwable cause =
        failure instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : failure;
    if (cause instanceof ModelAskException && attemptsLeft > 0) {
      return ask(messages, attemptsLeft);
    }
    return CompletableFuture.failedStage(
        cause == null ? new IllegalStateException("A model's answer was null") : cause);
  }
}

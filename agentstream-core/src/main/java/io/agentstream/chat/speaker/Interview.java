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
 * Asks a model until its answer can be understood, and each time tells it the problem. A failed
 * call counts as an attempt too, and the question is repeated.
 *
 * <p>It uses only alternating user and assistant messages, because the chat templates of many local
 * models accept nothing else.
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
   * The interpretation of an answer.
   *
   * @param value the meaning; null if the answer was not understood
   * @param feedback the message to the model in that case
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
   * @param attempts the maximum number of attempts, from 1
   * @return the first answer that was understood; empty if there was none; fails with a {@link
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

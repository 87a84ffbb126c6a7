package io.agentstream.redis;

import io.agentstream.delivery.UnavailableException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** What Redis answers to several questions that are asked at once. */
final class Answers {

  private Answers() {}

  /** Done when all are, in the order of the questions. */
  static <K, V> CompletionStage<Map<K, V>> all(Map<K, CompletionStage<V>> asked) {
    Map<K, CompletableFuture<V>> coming = new LinkedHashMap<>();
    asked.forEach((key, answer) -> coming.put(key, answer.toCompletableFuture()));
    return CompletableFuture.allOf(coming.values().toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done -> {
              Map<K, V> answers = new LinkedHashMap<>();
              coming.forEach((key, answer) -> answers.put(key, answer.join()));
              return answers;
            });
  }

  /** Fails with an {@link UnavailableException} that names {@code what} where Redis fails. */
  static <T> CompletionStage<T> orUnavailable(String what, CompletionStage<T> answer) {
    return answer.exceptionally(
        failure -> {
          throw new CompletionException(
              new UnavailableException("Redis does not give " + what + ": " + failure));
        });
  }
}

package io.agentstream.redis;

import io.agentstream.journal.UnavailableException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Combines Redis's answers. */
final class Answers {

  private Answers() {}

  /**
   * Sends all questions at once. Completes when all are answered, with the answers in the same
   * order.
   */
  static <K, V> CompletionStage<Map<K, V>> all(
      Collection<K> keys, Function<K, CompletionStage<V>> ask) {
    Map<K, CompletableFuture<V>> coming = new LinkedHashMap<>();
    keys.forEach(key -> coming.put(key, ask.apply(key).toCompletableFuture()));
    return CompletableFuture.allOf(coming.values().toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done -> {
              Map<K, V> answers = new LinkedHashMap<>();
              coming.forEach((key, answer) -> answers.put(key, answer.join()));
              return answers;
            });
  }

  /** Fails with an {@link UnavailableException} that begins with {@code problem} if Redis fails. */
  static <T> CompletionStage<T> orUnavailable(String problem, CompletionStage<T> answer) {
    return answer.exceptionally(
        failure -> {
          throw new CompletionException(new UnavailableException(problem + ": " + failure));
        });
  }
}

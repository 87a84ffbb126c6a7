package io.agentstream.redis;

import io.agentstream.delivery.UnavailableException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What comes of the answers of Redis. */
final class Answers {

  private Answers() {}

  /** Asks of each at once; done when all are answered, in the same order. */
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

  /** Fails with an {@link UnavailableException} that says {@code problem} where Redis fails. */
  static <T> CompletionStage<T> orUnavailable(String problem, CompletionStage<T> answer) {
    return answer.exceptionally(
        failure -> {
          throw new CompletionException(new UnavailableException(problem + ": " + failure));
        });
  }
}

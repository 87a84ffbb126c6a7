package io.agentstream.store;

import io.agentstream.chat.SteeringOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes each conversation once at a time, however many ask for it. Safe from any thread. */
final class Waking {

  private static final Logger log = LoggerFactory.getLogger(Waking.class);

  private final ConcurrentMap<String, CompletableFuture<SteeringOutcome>> underWay =
      new ConcurrentHashMap<>();

  /** Returns the outcome of {@code work}, or of the one that is under way for this conversation. */
  CompletableFuture<SteeringOutcome> wake(
      String id, Supplier<CompletionStage<SteeringOutcome>> work) {
    CompletableFuture<SteeringOutcome> mine = new CompletableFuture<>();
    CompletableFuture<SteeringOutcome> other = begin(id, mine);
    if (other != null) {
      return other;
    }
    CompletionStage<SteeringOutcome> unused =
        work.get()
            .whenComplete(
                (outcome, failure) -> {
                  end(id, mine);
                  if (failure == null) {
                    mine.complete(outcome);
                  } else {
                    log.atError()
                        .addKeyValue("conversation_id", id)
                        .setCause(failure)
                        .log("Conversation {}: it could not be read from the store", id);
                    mine.completeExceptionally(failure);
                  }
                });
    return mine;
  }

  /**
   * Keeps a conversation from being woken until {@link #end}.
   *
   * @return null, or what is under way already; then nothing has begun
   */
  @Nullable CompletableFuture<SteeringOutcome> begin(
      String id, CompletableFuture<SteeringOutcome> mine) {
    return underWay.putIfAbsent(id, mine);
  }

  void end(String id, CompletableFuture<SteeringOutcome> mine) {
    underWay.remove(id, mine);
  }
}

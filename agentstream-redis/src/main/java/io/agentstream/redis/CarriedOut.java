package io.agentstream.redis;

import io.agentstream.chat.SteeringOutcome;
import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Remembers what other nodes' commands led to, so that one that comes again, since its answer was
 * late or lost, is answered and not carried out once more. Safe from any thread.
 */
final class CarriedOut {

  /** More than a node takes in the time they are remembered; a bound for one that is flooded. */
  private static final int MOST = 20_000;

  private final ChatClock clock;
  private final long keptNanos;

  // Guarded by this. The oldest first.
  private final Map<String, Done> done = new LinkedHashMap<>();

  /**
   * @param kept for how long; a node does not ask again after it
   */
  CarriedOut(ChatClock clock, Duration kept) {
    this.clock = clock;
    this.keptNanos = kept.toNanos();
  }

  /** Carries the command out, or returns what it led to before. */
  CompletionStage<SteeringOutcome> once(
      String command, Supplier<CompletionStage<SteeringOutcome>> carryOut) {
    CompletableFuture<SteeringOutcome> outcome = new CompletableFuture<>();
    synchronized (this) {
      forgetOld();
      Done before = done.putIfAbsent(command, new Done(clock.nanoTime(), outcome));
      if (before != null) {
        return before.outcome;
      }
    }
    // Without the lock: it may lead to whatever listens to the conversation.
    CompletionStage<SteeringOutcome> unused =
        carryOut
            .get()
            .whenComplete(
                (result, failure) -> {
                  if (failure == null) {
                    outcome.complete(result);
                  } else {
                    outcome.completeExceptionally(failure);
                  }
                });
    return outcome;
  }

  private void forgetOld() {
    long now = clock.nanoTime();
    Iterator<Done> oldest = done.values().iterator();
    while (oldest.hasNext()) {
      Done next = oldest.next();
      if (done.size() < MOST && now - next.at <= keptNanos) {
        return;
      }
      oldest.remove();
    }
  }

  private record Done(long at, CompletionStage<SteeringOutcome> outcome) {}
}

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
 * Remembers the outcomes of other nodes' commands. A command that arrives again because its answer
 * was late or lost gets the same answer and is not carried out twice. Thread-safe.
 */
final class CarriedOut {

  /**
   * A bound for a node that is flooded. A node normally receives fewer commands in the time for
   * which outcomes are kept.
   */
  private static final int MOST = 20_000;

  private final ChatClock clock;
  private final long keptNanos;

  // Guarded by this, oldest first.
  private final Map<String, Done> done = new LinkedHashMap<>();

  /**
   * @param kept how long outcomes are kept; a node does not repeat a command after that time
   */
  CarriedOut(ChatClock clock, Duration kept) {
    this.clock = clock;
    this.keptNanos = kept.toNanos();
  }

  /** Carries the command out, or returns its earlier outcome. */
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
    // Without the lock, because the command may call the conversation's listeners.
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

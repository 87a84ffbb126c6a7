package io.agentstream.redis;

import io.agentstream.journal.UnavailableException;
import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Holds the stages that wait until Redis has the newest state of a conversation. Thread-safe. */
final class AwaitedStates {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  // Guarded by this.
  private List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private List<CompletableFuture<Void>> sent = new ArrayList<>();
  private boolean givenUp;

  /** Returns a stage for a state that has already been handed over. */
  CompletableFuture<Void> add() {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    synchronized (this) {
      if (!givenUp) {
        waiting.add(taken);
        return taken;
      }
    }
    taken.completeExceptionally(lost());
    return taken;
  }

  synchronized boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Takes note that the newest state is about to be sent. */
  synchronized void send() {
    sent.addAll(waiting);
    waiting = new ArrayList<>();
  }

  /** Returns the stages whose state Redis has now. */
  synchronized List<CompletableFuture<Void>> taken() {
    List<CompletableFuture<Void>> done = sent;
    sent = new ArrayList<>();
    return done;
  }

  /**
   * Fails all stages, now and later, because this node does not write the conversation any more.
   */
  void giveUp() {
    List<CompletableFuture<Void>> lost;
    synchronized (this) {
      givenUp = true;
      send();
      lost = taken();
    }
    lost.forEach(taken -> taken.completeExceptionally(lost()));
  }

  /** Returns a stage that fails if Redis does not answer in time. */
  static CompletionStage<Void> withPatience(CompletableFuture<Void> taken, ChatClock clock) {
    Alarm alarm =
        clock.schedule(
            PATIENCE,
            () ->
                taken.completeExceptionally(
                    new UnavailableException("Redis has not taken it in time")));
    return taken.whenComplete((done, failure) -> alarm.cancel());
  }

  private static UnavailableException lost() {
    return new UnavailableException("Another node may run the conversation");
  }
}

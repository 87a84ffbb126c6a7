package io.agentstream.chat;

import java.util.concurrent.CompletableFuture;

/** The future of the current run's result. */
final class RunResult {

  private final ConversationScope scope;
  private volatile CompletableFuture<ChatResult> future = new CompletableFuture<>();

  RunResult(ConversationScope scope) {
    this.scope = scope;
  }

  /** Returns a copy, which a user cannot complete for others. From any thread. */
  CompletableFuture<ChatResult> future() {
    return future.copy();
  }

  /** Begins the next run's future; the last one may still wait for the executor. */
  void renew() {
    future = new CompletableFuture<>();
  }

  /**
   * Completes the future on the executor, because chained code may block, and after every listener
   * has received the last event.
   */
  void complete(ChatResult value) {
    CompletableFuture<ChatResult> completing = future;
    scope.events.whenServed(
        () ->
            scope.executor.execute(
                () -> completing.complete(value), refusal -> completing.complete(value)));
  }
}

package io.agentstream.store;

import io.agentstream.internal.IdleThreads;
import io.agentstream.internal.UserCode;
import io.agentstream.journal.UnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Reads from the store on a few threads of its own. Safe from any thread. */
final class StoreReads {

  private static final int THREADS = 2;

  /** More reads than this that wait mean that the store is away or overloaded. */
  private static final int MOST_WAITING = 1_000;

  private final IdleThreads threads =
      new IdleThreads("agentstream-store-reads", THREADS, MOST_WAITING);

  <T> CompletionStage<T> read(Supplier<T> read) {
    CompletableFuture<T> done = new CompletableFuture<>();
    try {
      threads.execute(
          () -> {
            try {
              done.complete(read.get());
            } catch (Throwable e) {
              UserCode.caught(e);
              done.completeExceptionally(e);
            }
          });
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(new UnavailableException("Too much waits for the store"));
    }
    return done;
  }

  void close() {
    threads.close();
  }
}

package io.agentstream.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The thread with which the JDK ends the time limits of all futures. The first limit of the process
 * starts it, and before JDK 25 it keeps the context class loader and the access control context of
 * whoever set that limit, for ever: the first application on a server could not be unloaded.
 */
public final class TimeoutThread {

  private static final CompletableFuture<Void> STARTED = startFromPool();

  /** The pool may have no thread to spare, or none at all. */
  private static final long PATIENCE_SECONDS = 5;

  private TimeoutThread() {}

  /**
   * Makes sure that it runs and keeps no application. Code that sets time limits calls it before
   * its first one. Waits for a few seconds at the most, and then goes on without it.
   */
  public static void start() {
    try {
      STARTED.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // The first time limit starts it then, and it may keep an application.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Starts it on a thread of the JDK's, by a dependent action: only then is none of our classes,
   * nor of the application's, on the stack that it inherits from.
   */
  private static CompletableFuture<Void> startFromPool() {
    CompletableFuture<Void> onPool = new CompletableFuture<>();
    CompletableFuture<Void> started =
        onPool.thenRunAsync(
            () -> {}, CompletableFuture.delayedExecutor(0, TimeUnit.NANOSECONDS, Runnable::run));
    onPool.completeAsync(() -> null, ForkJoinPool.commonPool());
    return started;
  }
}

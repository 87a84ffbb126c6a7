package io.agentstream.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * The thread with which the JDK ends the time limits of all futures. The first limit of the process
 * starts it, and before JDK 25 it keeps the context class loader and the access control context of
 * whoever set that limit, for ever: the first application on a server could not be unloaded.
 */
public final class TimeoutThread {

  private static final CompletableFuture<Void> STARTED = startFromPool();

  private TimeoutThread() {}

  /**
   * Makes sure that it runs and keeps no application. To be called before the first time limit, by
   * whatever sets some.
   */
  public static void start() {
    STARTED.join();
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

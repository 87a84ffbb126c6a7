package io.agentstream.internal;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Daemon threads that end when they have been idle for a while. Tasks beyond their number wait. */
public final class IdleThreads implements Executor {

  private static final int IDLE_SECONDS = 5;

  private final ThreadPoolExecutor threads;

  /** Creates a pool whose tasks wait without a bound. */
  public IdleThreads(String name, int most) {
    this(name, most, Integer.MAX_VALUE);
  }

  /**
   * Creates a pool.
   *
   * @param name of each thread
   * @param most the most threads, from 1
   * @param mostWaiting the most tasks that wait, from 1; a further one is rejected
   */
  public IdleThreads(String name, int most, int mostWaiting) {
    this.threads =
        new ThreadPoolExecutor(
            most,
            most,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(mostWaiting),
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * @throws RejectedExecutionException if too many tasks wait, or after {@link #close}
   */
  @Override
  public void execute(Runnable task) {
    threads.execute(task);
  }

  /** Interrupts what runs, and drops what waits. */
  public void close() {
    threads.shutdownNow();
  }
}

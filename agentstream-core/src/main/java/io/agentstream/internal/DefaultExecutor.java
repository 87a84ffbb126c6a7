package io.agentstream.internal;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The default executor for code that may block; created on first use. */
public final class DefaultExecutor {

  private static final int POOL_SIZE = 16;

  /**
   * Short, because an idle thread keeps the class loader of an undeployed web application alive.
   */
  private static final int IDLE_SECONDS = 1;

  private DefaultExecutor() {}

  /**
   * Returns the executor: virtual threads if available, else a pool of 16 daemon threads. It is
   * shared by the process and must not be shut down.
   */
  public static Executor get() {
    return Holder.EXECUTOR;
  }

  private static final class Holder {
    static final Executor EXECUTOR = create();
  }

  private static Executor create() {
    try {
      Method factory = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
      return (ExecutorService) factory.invoke(null);
    } catch (ReflectiveOperationException beforeJdk21) {
      return pool();
    }
  }

  private static Executor pool() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            POOL_SIZE,
            POOL_SIZE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            daemons());
    pool.allowCoreThreadTimeOut(true);
    return task -> pool.execute(inCallersContext(task));
  }

  /** As a virtual thread does, the task sees the context class loader of its caller. */
  private static Runnable inCallersContext(Runnable task) {
    ClassLoader callers = Thread.currentThread().getContextClassLoader();
    return () -> {
      Thread thread = Thread.currentThread();
      ClassLoader own = thread.getContextClassLoader();
      thread.setContextClassLoader(callers);
      try {
        task.run();
      } finally {
        thread.setContextClassLoader(own);
      }
    };
  }

  private static ThreadFactory daemons() {
    AtomicInteger count = new AtomicInteger();
    return task -> SharedThreads.daemon(task, "agentstream-" + count.incrementAndGet());
  }
}

package io.agentstream.jakarta;

import io.agentstream.internal.SharedThreads;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs calls in which a container may wait for a socket, on a few threads that exist only while
 * they are needed.
 */
final class BlockingCalls {

  private static final int MAX_THREADS = 8;
  private static final int IDLE_SECONDS = 5;

  private static final ThreadPoolExecutor THREADS =
      new ThreadPoolExecutor(
          MAX_THREADS,
          MAX_THREADS,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          BlockingCalls::newThread);

  static {
    THREADS.allowCoreThreadTimeOut(true);
  }

  private BlockingCalls() {}

  static void execute(Runnable call) {
    THREADS.execute(call);
  }

  private static Thread newThread(Runnable calls) {
    Thread thread = SharedThreads.daemon(calls, "agentstream-socket");
    thread.setContextClassLoader(BlockingCalls.class.getClassLoader());
    return thread;
  }
}

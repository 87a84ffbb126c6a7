package io.agentstream.chat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs tasks one at a time in the order they came, on an executor: it holds a thread only while
 * there is something to do.
 */
final class OffloadingQueue implements Executor {

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unfinished = new AtomicInteger();
  private final Executor executor;

  OffloadingQueue(Executor executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable task) {
    waiting.add(task);
    if (unfinished.getAndIncrement() == 0) {
      executor.execute(this::drain);
    }
  }

  private void drain() {
    do {
      Runnable next = waiting.poll();
      if (next != null) {
        next.run();
      }
    } while (unfinished.decrementAndGet() != 0);
  }
}

package io.agentstream.chat;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;

/**
 * Runs tasks one at a time, in order, on an executor. It uses a thread only while there are tasks.
 * No task may throw.
 */
final class OffloadingQueue {

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unfinished = new AtomicInteger();
  private final PatientExecutor executor;
  private final ObjIntConsumer<? super Throwable> onRefused;

  /**
   * @param onRefused receives the reason why the executor finally refused, and the number of
   *     dropped tasks; later tasks are tried again
   */
  OffloadingQueue(PatientExecutor executor, ObjIntConsumer<? super Throwable> onRefused) {
    this.executor = executor;
    this.onRefused = onRefused;
  }

  void execute(Runnable task) {
    waiting.add(task);
    if (unfinished.getAndIncrement() == 0) {
      executor.execute(this::drain, this::drop);
    }
  }

  /** Runs {@code task} after all earlier ones, even if those had to be dropped. */
  void afterAll(Runnable task) {
    execute(new Marker(task));
  }

  private void drain() {
    do {
      Runnable next = waiting.poll();
      if (next != null) {
        next.run();
      }
    } while (unfinished.decrementAndGet() != 0);
  }

  private void drop(Throwable refusal) {
    int dropped = 0;
    do {
      Runnable next = waiting.poll();
      if (next instanceof Marker) {
        next.run();
      } else if (next != null) {
        dropped++;
      }
    } while (unfinished.decrementAndGet() != 0);
    if (dropped > 0) {
      onRefused.accept(refusal, dropped);
    }
  }

  private record Marker(Runnable task) implements Runnable {
    @Override
    public void run() {
      task.run();
    }
  }
}

package io.agentstream.chat;

import io.agentstream.internal.UserCode;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time in the order they came, without a thread of its own: on the caller's
 * thread when nothing is under way, else on the thread that is at it. A task that hands in another
 * sees it run after itself, never inside itself.
 *
 * <p>The algorithm is the queue drain of Reactive Streams implementations, with their fast path: an
 * uncontended task is never queued. What counts as handed in stands in the queue already, so that
 * the thread that brings the count to nought has run everything that was counted.
 */
final class SerialExecutor implements Executor {

  private static final Logger log = LoggerFactory.getLogger(SerialExecutor.class);

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger handedIn = new AtomicInteger();
  private final Consumer<? super Throwable> onFailure;

  SerialExecutor(Consumer<? super Throwable> onFailure) {
    this.onFailure = onFailure;
  }

  @Override
  public void execute(Runnable task) {
    if (handedIn.compareAndSet(0, 1)) {
      run(task);
      if (handedIn.decrementAndGet() == 0) {
        return;
      }
    } else {
      waiting.add(task);
      if (handedIn.getAndIncrement() != 0) {
        return;
      }
    }
    drain();
  }

  private void drain() {
    int seen = handedIn.get();
    do {
      // To the end each time, not one task for each that was counted: a task that stands in the
      // queue and is not counted yet would be run in the place of a counted one, which would then
      // be left behind with the count at nought, and be overtaken by its own thread's next task.
      Runnable next;
      while ((next = waiting.poll()) != null) {
        run(next);
      }
      seen = handedIn.addAndGet(-seen);
    } while (seen != 0);
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      UserCode.caught(e);
      report(e);
    }
  }

  private void report(Throwable failure) {
    try {
      onFailure.accept(failure);
    } catch (Throwable e) {
      // Thrown further it would leave the order under way for ever, with nobody at it.
      log.error("What a failed task should lead to failed itself", e);
    }
  }
}

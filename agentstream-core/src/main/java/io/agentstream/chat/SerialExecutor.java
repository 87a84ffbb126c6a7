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
 * Runs tasks one at a time, in the order of submission, without a thread of its own: on the
 * caller's thread if no task is running, else on the thread that is running one. A task that
 * submits another one sees it run after itself, never inside itself.
 *
 * <p>The algorithm is the queue drain of Reactive Streams implementations, with their fast path: an
 * uncontended task is never queued. A producer adds its task to the queue before it increments the
 * counter, so the thread that decrements the counter to 0 has run every counted task.
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
      // Drains the queue completely on every pass. A producer adds its task before it increments
      // the counter, so the queue can hold one task more than the counter says. If only as many
      // tasks ran as were counted, a counted task could be left behind at 0 and be overtaken by its
      // own thread's next task.
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
      // If it propagated, the executor would stay marked as running for ever, with no thread in it.
      log.error("What a failed task should lead to failed itself", e);
    }
  }
}

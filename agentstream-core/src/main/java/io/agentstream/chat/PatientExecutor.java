package io.agentstream.chat;

import io.agentstream.internal.UserCode;
import io.agentstream.time.ChatClock;
import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A wrapper for the chat's executor, which may be bounded. It submits a refused task again a little
 * later, until the executor accepts it, is shut down, or has refused it for {@link #PATIENCE}. So a
 * full executor delays tasks but loses none. Thread-safe.
 */
final class PatientExecutor {

  /** How long a refused task is submitted again. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final Duration FIRST_WAIT = Duration.ofMillis(20);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  private final Executor executor;
  private final ChatClock clock;

  PatientExecutor(Executor executor, ChatClock clock) {
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * Runs {@code task} on the executor, once.
   *
   * @param onRefused called instead, on any thread, if the executor does not take it
   */
  void execute(Runnable task, Consumer<? super Throwable> onRefused) {
    new Handover(task, onRefused).handIn();
  }

  /**
   * True once the task has begun or was given up, because an executor may run a task and still
   * throw.
   */
  private final class Handover extends AtomicBoolean implements Runnable {
    @Serial private static final long serialVersionUID = 1;

    private final transient Runnable task;
    private final transient Consumer<? super Throwable> onRefused;
    private transient Duration wait = FIRST_WAIT;
    private transient Duration waited = Duration.ZERO;

    Handover(Runnable task, Consumer<? super Throwable> onRefused) {
      this.task = task;
      this.onRefused = onRefused;
    }

    void handIn() {
      try {
        executor.execute(this);
      } catch (Throwable e) {
        UserCode.caught(e);
        refused(e);
      }
    }

    private void refused(Throwable refusal) {
      if (get()) {
        return;
      }
      if (isShutDown() || waited.compareTo(PATIENCE) >= 0) {
        if (compareAndSet(false, true)) {
          onRefused.accept(refusal);
        }
        return;
      }
      Duration now = wait;
      waited = waited.plus(now);
      Duration doubled = now.multipliedBy(2);
      wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
      clock.schedule(now, this::handIn);
    }

    @Override
    public void run() {
      if (compareAndSet(false, true)) {
        task.run();
      }
    }
  }

  private boolean isShutDown() {
    return executor instanceof ExecutorService service && service.isShutdown();
  }
}

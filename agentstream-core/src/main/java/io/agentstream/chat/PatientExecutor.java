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
 * The chat's executor, which may be bounded: a task that it refuses is handed in again a little
 * later, until the executor takes it, is shut down, or has refused it for {@link #PATIENCE}. So a
 * moment in which the executor is full delays a task and loses none. Thread-safe.
 */
final class PatientExecutor {

  /** How long a task is handed in again and again. */
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

  /** True once it has begun, or was given up: an executor may run a task and throw all the same. */
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

package io.agentstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.Eventually;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadWatchTest {

  private final AtomicLong progress = new AtomicLong();
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile boolean over;
  private volatile boolean hasWork = true;

  @AfterEach
  void endThreads() {
    over = true;
    never.countDown();
  }

  @Test
  void a_thread_that_waits_while_there_is_work_is_stuck() {
    ThreadWatch watch = watch(waiting());
    assertThat(looks(watch, ThreadWatch.MOST_LOOKS_IN_VAIN)).isTrue();
    assertThat(watch.isAlive()).isFalse();
  }

  @Test
  void a_thread_that_moves_at_times_is_not_stuck() {
    ThreadWatch watch = watch(waiting());
    for (int i = 0; i < 10; i++) {
      assertThat(looks(watch, ThreadWatch.MOST_LOOKS_IN_VAIN)).isTrue();
      progress.incrementAndGet();
    }
  }

  @Test
  void a_thread_without_work_is_not_stuck() {
    ThreadWatch watch = watch(waiting());
    hasWork = false;
    assertThat(looks(watch, 10 * ThreadWatch.MOST_LOOKS_IN_VAIN)).isTrue();
  }

  /** As on a machine that gives it no time. */
  @Test
  void a_thread_that_could_run_is_not_stuck() {
    ThreadWatch watch = watch(started(this::spin));
    assertThat(looks(watch, 10 * ThreadWatch.MOST_LOOKS_IN_VAIN)).isTrue();
  }

  @Test
  void a_thread_that_has_ended_is_not_alive() throws Exception {
    Thread thread = started(() -> {});
    thread.join();
    assertThat(watch(thread).isAlive()).isFalse();
  }

  private ThreadWatch watch(Thread thread) {
    return new ThreadWatch(thread, progress::get, () -> hasWork);
  }

  private static boolean looks(ThreadWatch watch, int times) {
    boolean alive = true;
    for (int i = 0; i < times; i++) {
      alive &= watch.isAlive();
    }
    return alive;
  }

  private Thread waiting() {
    Thread thread = started(this::block);
    Eventually.await(() -> thread.getState() == Thread.State.WAITING);
    return thread;
  }

  private void block() {
    try {
      never.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void spin() {
    while (!over) {
      Thread.onSpinWait();
    }
  }

  private static Thread started(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}

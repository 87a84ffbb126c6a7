package io.agentstream.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SerialExecutorTest {

  private static final int THREADS = 4;
  private static final int TASKS = 50_000;

  private final List<Throwable> failures = new ArrayList<>();
  private final SerialExecutor serial = new SerialExecutor(failures::add);

  // Read and written by tasks alone, without any lock.
  private final int[] next = new int[THREADS];
  private int ran;
  private int outOfOrder;

  @Test
  void a_task_runs_at_once_on_the_thread_that_brings_it() {
    Thread[] ranOn = new Thread[1];
    serial.execute(() -> ranOn[0] = Thread.currentThread());
    assertThat(ranOn[0]).isSameAs(Thread.currentThread());
  }

  @Test
  void a_task_brought_by_a_task_runs_after_it_never_inside() {
    List<String> order = new ArrayList<>();
    serial.execute(
        () -> {
          serial.execute(() -> order.add("second"));
          serial.execute(() -> order.add("third"));
          order.add("first");
        });
    assertThat(order).containsExactly("first", "second", "third");
  }

  @Test
  void tasks_that_bring_tasks_need_no_stack() {
    countDown(1_000_000);
    assertThat(ran).isEqualTo(1_000_000);
  }

  private void countDown(int left) {
    ran++;
    if (left > 1) {
      serial.execute(() -> countDown(left - 1));
    }
  }

  @Test
  void a_failing_task_is_reported_and_the_next_one_runs() {
    RuntimeException failure = new IllegalStateException("stubbed");
    serial.execute(
        () -> {
          throw failure;
        });
    serial.execute(() -> ran++);
    assertThat(failures).containsExactly(failure);
    assertThat(ran).isEqualTo(1);
  }

  @Test
  void a_failing_report_of_a_failure_leaves_the_order_going() {
    SerialExecutor broken =
        new SerialExecutor(
            failure -> {
              throw new IllegalStateException("stubbed twice");
            });
    broken.execute(
        () -> {
          broken.execute(() -> ran++);
          throw new IllegalStateException("stubbed");
        });
    broken.execute(() -> ran++);
    assertThat(ran).isEqualTo(2);
  }

  @Test
  void many_threads_see_each_task_run_once_one_at_a_time_in_their_order() throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    CountDownLatch done = new CountDownLatch(THREADS);
    AtomicInteger inside = new AtomicInteger();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      Thread worker =
          new Thread(
              () -> {
                awaitUnchecked(start);
                for (int task = 0; task < TASKS; task++) {
                  int number = task;
                  serial.execute(() -> count(thread, number, inside));
                }
                done.countDown();
              });
      worker.setDaemon(true);
      worker.start();
    }
    done.await();
    // Behind everything: on return, all has run.
    CountDownLatch last = new CountDownLatch(1);
    serial.execute(last::countDown);
    last.await();

    assertThat(failures).isEmpty();
    assertThat(outOfOrder).isZero();
    assertThat(ran).isEqualTo(THREADS * TASKS);
  }

  private void count(int thread, int number, AtomicInteger inside) {
    if (inside.incrementAndGet() != 1 || next[thread] != number) {
      outOfOrder++;
    }
    next[thread] = number + 1;
    ran++;
    inside.decrementAndGet();
  }

  private static void awaitUnchecked(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

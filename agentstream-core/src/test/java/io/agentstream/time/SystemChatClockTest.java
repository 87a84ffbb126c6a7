package io.agentstream.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.internal.UnloadedApplication;
import io.agentstream.time.ChatClock.Alarm;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class SystemChatClockTest {

  private static final AtomicInteger CLOCKS = new AtomicInteger();

  /** Of this clock alone: threads of an earlier test's may not have ended yet. */
  private final String name = "agentstream-test-" + CLOCKS.incrementAndGet();

  private final SystemChatClock clock = new SystemChatClock(name, Duration.ofMillis(50));

  @RepeatedTest(5)
  void a_task_that_blocks_holds_up_no_other_alarm() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch others = new CountDownLatch(10);
    Alarm unused =
        clock.schedule(
            Duration.ZERO,
            () -> {
              blocked.countDown();
              awaitQuietly(released);
            });
    blocked.await();

    for (int i = 0; i < 10; i++) {
      Alarm unusedOne = clock.schedule(Duration.ofMillis(1), others::countDown);
    }

    assertThat(others.await(60, TimeUnit.SECONDS)).isTrue();
    released.countDown();
  }

  @Test
  void alarms_beyond_those_that_may_ring_at_once_ring_later() throws Exception {
    CountDownLatch blocked = new CountDownLatch(SystemChatClock.MOST_RINGING);
    CountDownLatch released = new CountDownLatch(1);
    CountDownLatch others = new CountDownLatch(10);
    for (int i = 0; i < SystemChatClock.MOST_RINGING; i++) {
      Alarm unused =
          clock.schedule(
              Duration.ZERO,
              () -> {
                blocked.countDown();
                awaitQuietly(released);
              });
    }
    blocked.await();
    for (int i = 0; i < 10; i++) {
      Alarm unused = clock.schedule(Duration.ZERO, others::countDown);
    }
    assertThat(others.getCount()).isEqualTo(10);

    released.countDown();

    assertThat(others.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_task_that_throws_anything_keeps_no_later_alarm_from_ringing() {
    CompletableFuture<String> rung = new CompletableFuture<>();
    Alarm unused =
        clock.schedule(
            Duration.ZERO,
            () -> {
              throw new LinkageError("stubbed");
            });
    Alarm unusedOther = clock.schedule(Duration.ofMillis(1), () -> rung.complete("rung"));

    assertThat(rung.join()).isEqualTo("rung");
  }

  @RepeatedTest(5)
  void its_threads_end_after_the_last_alarm_and_come_back_with_the_next() throws Exception {
    for (int i = 0; i < 2; i++) {
      CompletableFuture<Thread> rung = new CompletableFuture<>();
      Alarm unused =
          clock.schedule(Duration.ofMillis(1), () -> rung.complete(Thread.currentThread()));
      Thread ringer = rung.join();
      assertThat(ringer.getName()).startsWith(name + "-alarm-");
      ringer.join();
      // Or one that is about to end would be found beside the one that comes back.
      for (Thread timer : timers()) {
        timer.join();
      }
    }
    Alarm far = clock.schedule(Duration.ofDays(1), () -> {});
    assertThat(timers()).hasSize(1);
    Thread timer = timers().get(0);
    assertThat(timer.isAlive()).isTrue();
    assertThat(timer.getContextClassLoader()).isSameAs(ClassLoader.getSystemClassLoader());

    far.cancel();

    timer.join();
  }

  @Test
  void its_threads_keep_nothing_of_the_application_that_needed_them_first() throws Exception {
    CountDownLatch rings = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    List<Alarm> alarms = new ArrayList<>();
    WeakReference<ClassLoader> application =
        UnloadedApplication.call(
            () -> {
              alarms.add(clock.schedule(Duration.ofDays(1), () -> {}));
              alarms.add(
                  clock.schedule(
                      Duration.ZERO,
                      () -> {
                        rings.countDown();
                        awaitQuietly(released);
                      }));
            });
    rings.await();

    UnloadedApplication.awaitUnloaded(application);

    released.countDown();
    alarms.forEach(Alarm::cancel);
  }

  private List<Thread> timers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name + "-clock"))
        .toList();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

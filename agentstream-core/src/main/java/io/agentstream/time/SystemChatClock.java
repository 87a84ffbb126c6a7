package io.agentstream.time;

import io.agentstream.internal.SharedThreads;
import io.agentstream.internal.UserCode;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine's clock. One thread watches the time and runs nothing else. Each alarm rings on a
 * thread of its own, so that a task that blocks delays no other alarm. Threads exist only while
 * there are alarms. They hold no references to the application that needed them first, so that a
 * web application can be unloaded while another one has alarms.
 */
final class SystemChatClock implements ChatClock {

  static final SystemChatClock INSTANCE = new SystemChatClock("agentstream", Duration.ofSeconds(1));

  private static final Logger log = LoggerFactory.getLogger(ChatClock.class);

  /** The delay before a retry if no thread was available. */
  private static final long AGAIN_MILLIS = 100;

  /**
   * The maximum number of alarms that ring at once. Thousands may be due at the same moment if a
   * model server stalls; an alarm takes microseconds unless user code blocks in it.
   */
  static final int MOST_RINGING = 256;

  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  private final ScheduledThreadPoolExecutor timer;
  private final ThreadPoolExecutor ringers;

  /** Used only by the timer's thread. */
  private long warnedAt = System.nanoTime() - QUIET_NANOS;

  /**
   * @param name the prefix of the threads' names
   * @param idle how long an idle thread stays
   */
  SystemChatClock(String name, Duration idle) {
    timer = new ScheduledThreadPoolExecutor(1, task -> SharedThreads.daemon(task, name + "-clock"));
    // Most alarms are cancelled. If they were kept until their time, each would hold its
    // conversation for 30 minutes.
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(idle.toNanos(), TimeUnit.NANOSECONDS);
    timer.allowCoreThreadTimeOut(true);
    AtomicInteger count = new AtomicInteger();
    ringers =
        new ThreadPoolExecutor(
            0,
            MOST_RINGING,
            idle.toNanos(),
            TimeUnit.NANOSECONDS,
            new SynchronousQueue<>(),
            task -> SharedThreads.daemon(task, name + "-alarm-" + count.incrementAndGet()));
  }

  @Override
  public long millis() {
    return System.currentTimeMillis();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Alarm schedule(Duration delay, Runnable task) {
    ScheduledFuture<?> future =
        timer.schedule(() -> handOver(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  private void handOver(Runnable task) {
    try {
      ringers.execute(() -> ring(task));
    } catch (Throwable e) {
      // All threads are busy, or the machine has none left. A late alarm is better than a lost one.
      warnThatAlarmsAreLate();
      ScheduledFuture<?> unused =
          timer.schedule(() -> handOver(task), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void warnThatAlarmsAreLate() {
    long now = System.nanoTime();
    if (now - warnedAt >= QUIET_NANOS) {
      warnedAt = now;
      log.error(
          "Alarms are late: {} threads ring already. Does code of yours block in a callback?",
          ringers.getPoolSize());
    }
  }

  private static void ring(Runnable task) {
    Thread thread = Thread.currentThread();
    thread.setContextClassLoader(SystemChatClock.class.getClassLoader());
    try {
      task.run();
    } catch (Throwable e) {
      UserCode.caught(e);
      log.error("An alarm failed", e);
    } finally {
      thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    }
  }
}

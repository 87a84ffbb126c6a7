package io.agentstream.time;

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
 * The machine's clock. One thread keeps the time and runs nothing else: each alarm rings on a
 * thread of its own, so that a task that blocks holds up no other alarm. The threads come and go
 * with the alarms, and idle ones belong to no application, so that a web application that is
 * undeployed leaves none behind.
 */
final class SystemChatClock implements ChatClock {

  static final SystemChatClock INSTANCE = new SystemChatClock("agentstream", Duration.ofSeconds(1));

  private static final Logger log = LoggerFactory.getLogger(ChatClock.class);

  /** When to try again after there was no thread to ring on. */
  private static final long AGAIN_MILLIS = 100;

  /**
   * The most alarms that ring at once. Thousands may be due at the same moment, when a model server
   * stalls; an alarm takes microseconds unless code of users blocks in it.
   */
  static final int MOST_RINGING = 256;

  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  private final ScheduledThreadPoolExecutor timer;
  private final ThreadPoolExecutor ringers;

  /** Only the timer's thread reads and writes it. */
  private long warnedAt = System.nanoTime() - QUIET_NANOS;

  /**
   * @param name what the threads' names begin with
   * @param idle how long a thread stays that has nothing to do
   */
  SystemChatClock(String name, Duration idle) {
    timer = new ScheduledThreadPoolExecutor(1, task -> daemon(task, name + "-clock"));
    // Most alarms are cancelled: kept until their time, they would hold a conversation for 30 min.
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
            task -> daemon(task, name + "-alarm-" + count.incrementAndGet()));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return thread;
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
      // All threads are busy, or the machine has none left: late is better than lost.
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

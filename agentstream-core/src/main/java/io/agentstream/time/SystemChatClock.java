package io.agentstream.time;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class SystemChatClock implements ChatClock {

  static final SystemChatClock INSTANCE = new SystemChatClock();

  private static final Logger log = LoggerFactory.getLogger(ChatClock.class);

  private final ScheduledThreadPoolExecutor alarms;

  private SystemChatClock() {
    alarms =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "agentstream-clock");
              thread.setDaemon(true);
              return thread;
            });
    // Most alarms are cancelled: kept until their time, they would hold a conversation for 30 min.
    alarms.setRemoveOnCancelPolicy(true);
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
        alarms.schedule(() -> ring(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  private static void ring(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("An alarm failed", e);
    }
  }
}

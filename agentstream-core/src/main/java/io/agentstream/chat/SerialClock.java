package io.agentstream.chat;

import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;

/**
 * The clock of one conversation. Its alarms ring in the conversation's serial order, and one that
 * was cancelled there never rings, however late the clock behind it is: an alarm of one run, call
 * or turn cannot reach the next. Alarms are set and cancelled in the serial order only.
 */
final class SerialClock {

  private final ChatClock clock;
  private final SerialExecutor serial;

  SerialClock(ChatClock clock, SerialExecutor serial) {
    this.clock = clock;
    this.serial = serial;
  }

  /** Returns nanoseconds as {@link ChatClock#nanoTime}. */
  long nanoTime() {
    return clock.nanoTime();
  }

  /** Runs {@code task} once after {@code delay}, unless the alarm is cancelled before. */
  Alarm schedule(Duration delay, Runnable task) {
    Setting setting = new Setting(task);
    setting.alarm = clock.schedule(delay, () -> serial.execute(setting::ring));
    return setting;
  }

  private static final class Setting implements Alarm {
    private final Runnable task;
    private Alarm alarm = () -> {};
    private boolean over;

    Setting(Runnable task) {
      this.task = task;
    }

    void ring() {
      if (!over) {
        over = true;
        task.run();
      }
    }

    @Override
    public void cancel() {
      over = true;
      alarm.cancel();
    }
  }
}

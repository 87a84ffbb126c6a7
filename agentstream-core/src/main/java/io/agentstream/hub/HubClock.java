package io.agentstream.hub;

import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The clock of one hub. Once the hub is closed, all of its alarms are cancelled and no further ones
 * are set, so that neither the hub nor the clock's thread stays in memory. Thread-safe.
 */
final class HubClock implements ChatClock {

  private final ChatClock clock;
  private final Set<Setting> settings = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  HubClock(ChatClock clock) {
    this.clock = clock;
  }

  @Override
  public long millis() {
    return clock.millis();
  }

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }

  @Override
  public Alarm schedule(Duration delay, Runnable task) {
    Setting setting = new Setting(task);
    settings.add(setting);
    setting.alarm = clock.schedule(delay, setting::ring);
    // Checked only now: either close() has found the new alarm, or it is cancelled here.
    if (closed) {
      setting.cancel();
    }
    return setting;
  }

  /** Cancels all alarms; alarms that are set later never ring. */
  void close() {
    closed = true;
    settings.forEach(Setting::cancel);
  }

  private final class Setting implements Alarm {
    private final Runnable task;
    private volatile Alarm alarm = () -> {};

    Setting(Runnable task) {
      this.task = task;
    }

    void ring() {
      if (settings.remove(this) && !closed) {
        task.run();
      }
    }

    @Override
    public void cancel() {
      settings.remove(this);
      alarm.cancel();
    }
  }
}

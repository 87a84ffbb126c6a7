package io.agentstream.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A clock that moves when told; its alarms ring on the thread that moves it. */
final class HandClock implements ChatClock {

  static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  private record Ring(long at, Runnable task) {}

  private final List<Ring> alarms = new ArrayList<>();
  private long nanos;

  @Override
  public synchronized long millis() {
    return START.toEpochMilli() + TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  @Override
  public synchronized Alarm schedule(Duration delay, Runnable task) {
    Ring alarm = new Ring(nanos + delay.toNanos(), task);
    alarms.add(alarm);
    notifyAll();
    return () -> remove(alarm);
  }

  void advance(Duration by) {
    due(by).forEach(alarm -> alarm.task().run());
  }

  /** Waits until this many alarms are set and have neither rung nor been cancelled. */
  synchronized void awaitAlarms(int count) throws InterruptedException {
    await(count + " alarms", () -> alarms.size() == count);
  }

  /** Waits until an alarm is set to ring after just {@code delay} from now. */
  synchronized void awaitAlarm(Duration delay) throws InterruptedException {
    long at = nanos + delay.toNanos();
    await("an alarm in " + delay, () -> alarms.stream().anyMatch(alarm -> alarm.at() == at));
  }

  private synchronized void await(String what, BooleanSupplier come) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!come.getAsBoolean()) {
      long left = deadline - System.nanoTime();
      assertThat(left).as("time left to wait for %s among %s", what, alarms).isPositive();
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  private synchronized List<Ring> due(Duration by) {
    nanos += by.toNanos();
    List<Ring> due = alarms.stream().filter(alarm -> alarm.at() <= nanos).toList();
    alarms.removeAll(due);
    notifyAll();
    return due;
  }

  private synchronized void remove(Ring alarm) {
    alarms.remove(alarm);
    notifyAll();
  }
}

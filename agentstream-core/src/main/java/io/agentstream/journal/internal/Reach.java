package io.agentstream.journal.internal;

import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Tracks whether what conversations are kept in takes writes, and since when it does not. Safe from
 * any thread.
 */
public final class Reach {

  /** Logs what has happened. Called with a lock held, so it must not call back. */
  public interface Log {

    /** The first write after others that succeeded has failed. */
    void failing(Throwable cause);

    /** Writes have failed for so long that conversations pause. */
    void paused();

    /**
     * A write has succeeded again.
     *
     * @param millis how long writes have failed
     */
    void back(long millis);
  }

  private final ChatClock clock;
  private final Duration holdAfter;
  private final Log log;

  // Guarded by this.
  private boolean failing;
  private long failingSince;
  private boolean held;
  private Consumer<Boolean> onChange = reachable -> {};
  private boolean told;
  private boolean telling;

  /**
   * Creates one that assumes that writes succeed.
   *
   * @param holdAfter how long conversations continue while writes fail
   */
  public Reach(ChatClock clock, Duration holdAfter, Log log) {
    this.clock = clock;
    this.holdAfter = holdAfter;
    this.log = log;
  }

  /** Calls {@code listener} when conversations should pause, and when they can continue. */
  public synchronized void onChange(Consumer<Boolean> listener) {
    onChange = listener;
  }

  /** Returns true from a failed write to the next one that succeeds. */
  public synchronized boolean isFailing() {
    return failing;
  }

  /** Records a write that has succeeded. */
  public void succeeded() {
    synchronized (this) {
      if (!failing) {
        return;
      }
      failing = false;
      log.back((clock.nanoTime() - failingSince) / 1_000_000);
      if (!held) {
        return;
      }
      held = false;
    }
    tell();
  }

  /** Records a write that has failed. */
  public synchronized void failed(Throwable cause) {
    if (!failing) {
      failing = true;
      failingSince = clock.nanoTime();
      clock.schedule(holdAfter, this::check);
      log.failing(cause);
    }
  }

  private void check() {
    synchronized (this) {
      if (!failing || held || clock.nanoTime() - failingSince < holdAfter.toNanos()) {
        return;
      }
      held = true;
      log.paused();
    }
    tell();
  }

  /** Two changes may follow each other at once; the listener hears of one at a time, in order. */
  private void tell() {
    while (true) {
      Consumer<Boolean> listener;
      boolean now;
      synchronized (this) {
        if (telling || told == held) {
          return;
        }
        telling = true;
        told = held;
        now = held;
        listener = onChange;
      }
      try {
        listener.accept(!now);
      } finally {
        synchronized (this) {
          telling = false;
        }
      }
    }
  }
}

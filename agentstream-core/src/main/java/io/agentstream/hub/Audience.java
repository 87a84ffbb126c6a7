package io.agentstream.hub;

import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How many connections view each conversation that was started over the wire, and what becomes of
 * one that nobody has viewed for a while. Thread-safe.
 */
final class Audience {

  private final ChatClock clock;
  private final Duration grace;
  private final Consumer<String> onOrphaned;

  // Guarded by this.
  private final Map<String, Viewers> conversations = new HashMap<>();

  /**
   * @param grace how long nobody may view it; zero for ever
   * @param onOrphaned given the conversation's id, without a lock
   */
  Audience(ChatClock clock, Duration grace, Consumer<String> onOrphaned) {
    this.clock = clock;
    this.grace = grace;
    this.onOrphaned = onOrphaned;
  }

  /** A run of the conversation has begun. */
  void started(String conversationId) {
    started(conversationId, grace);
  }

  /**
   * A run of the conversation has begun.
   *
   * @param grace how long nobody may view this one; zero for ever
   */
  synchronized void started(String conversationId, Duration grace) {
    change(
        conversationId,
        viewers -> {
          viewers.running = true;
          viewers.grace = grace;
        });
  }

  /** The run is over, and nobody is needed until the next. */
  synchronized void ended(String conversationId) {
    change(conversationId, viewers -> viewers.running = false);
  }

  /** One more connection views it. */
  synchronized void joined(String conversationId) {
    change(conversationId, viewers -> viewers.count++);
  }

  /** One connection fewer views it; may come before its {@link #joined} when two threads race. */
  synchronized void left(String conversationId) {
    change(conversationId, viewers -> viewers.count--);
  }

  /** It is still of use although nobody views it here; waits for another grace. */
  synchronized void wantedElsewhere(String conversationId) {
    Viewers viewers = conversations.get(conversationId);
    if (viewers != null) {
      viewers.watchFor();
    }
  }

  /** Returns true if a connection of this node views it. */
  synchronized boolean isViewed(String conversationId) {
    Viewers viewers = conversations.get(conversationId);
    return viewers != null && viewers.count > 0;
  }

  /** How many conversations it remembers: those that run or are viewed. */
  synchronized int size() {
    return conversations.size();
  }

  private void change(String conversationId, Consumer<Viewers> change) {
    Viewers viewers = conversations.computeIfAbsent(conversationId, Viewers::new);
    change.accept(viewers);
    viewers.watchFor();
    if (viewers.count == 0 && !viewers.running) {
      conversations.remove(conversationId);
    }
  }

  private final class Viewers {
    private final String conversationId;
    private int count;
    private boolean running;
    private Duration grace = Audience.this.grace;
    private long waits;
    private Alarm alarm = () -> {};

    Viewers(String conversationId) {
      this.conversationId = conversationId;
    }

    void watchFor() {
      alarm.cancel();
      long wait = ++waits;
      if (running && count == 0 && !grace.isZero()) {
        alarm = clock.schedule(grace, () -> onAlarm(wait));
      }
    }

    private void onAlarm(long wait) {
      synchronized (Audience.this) {
        // A cancelled alarm may already be ringing.
        if (wait != waits) {
          return;
        }
      }
      onOrphaned.accept(conversationId);
    }
  }
}

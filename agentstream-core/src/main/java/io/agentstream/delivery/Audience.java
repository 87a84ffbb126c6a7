package io.agentstream.delivery;

import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How many connections view each conversation that was started over the wire, and what becomes of
 * one that nobody has viewed for a while. Safe from any thread.
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
  synchronized void started(String conversationId) {
    if (!grace.isZero()) {
      conversations.computeIfAbsent(conversationId, Viewers::new).begin();
    }
  }

  /** The run is over, and nobody is needed until the next. */
  synchronized void ended(String conversationId) {
    Viewers viewers = conversations.get(conversationId);
    if (viewers != null) {
      viewers.end();
    }
  }

  /** The conversation is kept no more. */
  synchronized void forget(String conversationId) {
    Viewers viewers = conversations.remove(conversationId);
    if (viewers != null) {
      viewers.end();
    }
  }

  /** One more connection views it. */
  synchronized void joined(String conversationId) {
    Viewers viewers = conversations.get(conversationId);
    if (viewers != null) {
      viewers.joined();
    }
  }

  /** One connection fewer views it. */
  synchronized void left(String conversationId) {
    Viewers viewers = conversations.get(conversationId);
    if (viewers != null) {
      viewers.left();
    }
  }

  private final class Viewers {
    private final String conversationId;
    private int count;
    private boolean running;
    private long waits;
    private Alarm alarm = () -> {};

    Viewers(String conversationId) {
      this.conversationId = conversationId;
    }

    void begin() {
      running = true;
      watchFor();
    }

    void end() {
      running = false;
      alarm.cancel();
    }

    void joined() {
      count++;
      alarm.cancel();
    }

    void left() {
      count--;
      watchFor();
    }

    private void watchFor() {
      alarm.cancel();
      if (running && count == 0) {
        long wait = ++waits;
        alarm = clock.schedule(grace, () -> onAlarm(wait));
      }
    }

    private void onAlarm(long wait) {
      synchronized (Audience.this) {
        // An alarm that was cancelled may be under way already.
        if (!running || count > 0 || wait != waits) {
          return;
        }
      }
      onOrphaned.accept(conversationId);
    }
  }
}

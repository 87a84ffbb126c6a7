package io.agentstream.hub;

import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Counts the views of each conversation that was started over the wire, and reports a conversation
 * that nobody has viewed for a while. Thread-safe.
 */
final class Audience {

  private final ChatClock clock;
  private final Consumer<String> onOrphaned;

  // Guarded by this.
  private final Map<String, Viewers> conversations = new HashMap<>();

  /**
   * @param onOrphaned receives the conversation's id; called without a lock
   */
  Audience(ChatClock clock, Consumer<String> onOrphaned) {
    this.clock = clock;
    this.onOrphaned = onOrphaned;
  }

  /**
   * Reports that a run of the conversation has begun.
   *
   * @param grace how long this conversation may run without viewers; zero for no limit
   */
  synchronized void started(String conversationId, Duration grace) {
    change(
        conversationId,
        viewers -> {
          viewers.running = true;
          viewers.grace = grace;
        });
  }

  /** Reports the end of a run; no viewers are needed until the next. */
  synchronized void ended(String conversationId) {
    change(conversationId, viewers -> viewers.running = false);
  }

  /** Counts one more view. */
  synchronized void joined(String conversationId) {
    change(conversationId, viewers -> viewers.count++);
  }

  /** Counts one view fewer; may be called before its {@link #joined} if two threads race. */
  synchronized void left(String conversationId) {
    change(conversationId, viewers -> viewers.count--);
  }

  /** Extends the grace of a conversation that is needed although nobody views it here. */
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

  /** Returns the number of tracked conversations, which run or are viewed. */
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
    private Duration grace = Duration.ZERO;
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

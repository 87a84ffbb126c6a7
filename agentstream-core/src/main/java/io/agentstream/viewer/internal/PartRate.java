package io.agentstream.viewer.internal;

import io.agentstream.time.ChatClock;

/**
 * Bounds the message parts and pongs of one connection, which are not messages and therefore have
 * no other rate limit. Used by the thread that reads the socket.
 */
final class PartRate {

  /** Many more than the parts into which a browser or a container splits the longest message. */
  static final int PARTS_A_MESSAGE = 100;

  private static final long NANOS_PER_MINUTE = 60_000_000_000L;

  private final ChatClock clock;
  private final long perMinute;
  private long minuteBegan;
  private long parts;

  /**
   * @param messagesPerMinute 0 for no limit, also for parts
   */
  PartRate(ChatClock clock, int messagesPerMinute) {
    this.clock = clock;
    this.perMinute = (long) messagesPerMinute * PARTS_A_MESSAGE;
    this.minuteBegan = clock.nanoTime();
  }

  /** Counts one more; returns false if it exceeds the limit of this minute. */
  boolean take() {
    if (perMinute == 0) {
      return true;
    }
    long now = clock.nanoTime();
    if (now - minuteBegan >= NANOS_PER_MINUTE) {
      minuteBegan = now;
      parts = 0;
    }
    parts++;
    return parts <= perMinute;
  }
}

package io.agentstream.examples.server;

import io.agentstream.identity.Authentication;
import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Slows wrong tokens down. An address gets its refusals one after the other, each after a pause
 * that doubles with every wrong token. A valid token never waits. Thread-safe.
 */
final class WrongTokens {

  private static final long FIRST_MILLIS = 100;
  private static final long LONGEST_MILLIS = 3_000;

  private static final long FORGOTTEN_MILLIS = Duration.ofMinutes(10).toMillis();
  private static final int MOST_ADDRESSES = 10_000;

  private final ChatClock clock;

  /** The longest delay of a refusal, in milliseconds. */
  private final long latest;

  private final Map<String, Slowed> byAddress =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Slowed> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  /**
   * @param within how long a viewer has to authenticate. No refusal takes more than half of it, so
   *     that a user who mistypes a token gets the reason instead of only a closed connection, on a
   *     slow machine too
   */
  WrongTokens(ChatClock clock, Duration within) {
    this.clock = clock;
    this.latest = within.toMillis() / 2;
  }

  /**
   * Refuses after the delay.
   *
   * @param address the token's origin; null if unknown
   */
  CompletionStage<Authentication> refuse(@Nullable String address) {
    CompletableFuture<Authentication> refused = new CompletableFuture<>();
    Duration pause = Duration.ofMillis(pause(String.valueOf(address)));
    ChatClock.Alarm unused =
        clock.schedule(pause, () -> refused.complete(Authentication.refused()));
    return refused;
  }

  private synchronized long pause(String address) {
    long now = clock.nanoTime() / 1_000_000;
    Slowed before = byAddress.get(address);
    long pause = FIRST_MILLIS;
    long begin = now;
    if (before != null && now - before.last <= FORGOTTEN_MILLIS) {
      pause = Math.min(before.pause * 2, LONGEST_MILLIS);
      begin = Math.max(now, before.last);
    }
    long at = Math.min(begin + pause, now + latest);
    byAddress.put(address, new Slowed(pause, at));
    return at - now;
  }

  /**
   * The state of an address.
   *
   * @param pause the delay of its last refusal, in milliseconds
   * @param last the time of that refusal, by the clock's nanoseconds, in milliseconds
   */
  private record Slowed(long pause, long last) {}
}

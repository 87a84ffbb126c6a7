package io.agentstream.examples.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The Redis that this server shares with others.
 *
 * @param url its URL, which may contain a password; null if this is the only server
 * @param prefix the prefix of its keys
 * @param lease how long a server counts as alive after its last sign of life
 * @param holdAfter how long conversations continue without Redis before they pause
 */
public record RedisSpec(@Nullable String url, String prefix, Duration lease, Duration holdAfter) {

  /** Returns settings without Redis. */
  public static RedisSpec none() {
    return new RedisSpec(null, "agentstream", Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  /** Returns the same settings with another URL, or with its own if {@code url} is null. */
  public RedisSpec at(@Nullable String other) {
    return other == null ? this : new RedisSpec(other, prefix, lease, holdAfter);
  }
}

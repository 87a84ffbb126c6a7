package io.agentstream.examples.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The Redis that this server shares with others.
 *
 * @param url where it is, perhaps with a password; null for none, so that this server is the only
 *     one
 * @param prefix what the names of its keys begin with
 * @param lease how long a server that is not heard of counts as alive
 * @param holdAfter how long conversations go on without Redis before they pause
 */
public record RedisSpec(@Nullable String url, String prefix, Duration lease, Duration holdAfter) {

  /** No Redis. */
  public static RedisSpec none() {
    return new RedisSpec(null, "agentstream", Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  /** The same with another URL; with its own where that is null. */
  public RedisSpec at(@Nullable String other) {
    return other == null ? this : new RedisSpec(other, prefix, lease, holdAfter);
  }
}

package io.agentstream.redis;

import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The settings for a node's use of Redis.
 *
 * @param url {@code redis://}, {@code rediss://} (TLS) or {@code redis-sentinel://}, with a
 *     password if one is needed; see lettuce's {@code RedisURI}
 * @param prefix the prefix of every key and channel name, so that several services can share a
 *     Redis
 * @param lease how long a node counts as alive after its last sign of life; when a node dies, its
 *     conversations are idle for about this time
 * @param holdAfter how long conversations continue without Redis before they pause
 * @param keep how long a conversation stays in Redis after the last node has released it
 * @param commandTimeout how long Redis may take for a command
 * @param limits bounds for the events that are kept for replay
 * @param clock the clock for timestamps and for the lease
 */
public record RedisSettings(
    String url,
    String prefix,
    Duration lease,
    Duration holdAfter,
    Duration keep,
    Duration commandTimeout,
    Limits limits,
    ChatClock clock) {

  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_:.-]{1,64}");

  /**
   * @throws IllegalArgumentException if the prefix contains characters other than letters, digits
   *     and {@code _:.-}, or a time is not positive
   */
  public RedisSettings {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "prefix must have 1 to 64 letters, digits, '_', ':', '.' or '-'");
    }
    check("lease", lease);
    check("holdAfter", holdAfter);
    check("keep", keep);
    check("commandTimeout", commandTimeout);
  }

  /**
   * Returns a builder with the defaults: a lease of 5 s, 10 s without Redis, kept for 1 h, 2 s for
   * a command.
   */
  public static Builder at(String url) {
    return new Builder(url);
  }

  private static void check(String name, Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(name + " must be positive, not " + time);
    }
  }

  /** Builds settings. Values that are not set keep their defaults. Not thread-safe. */
  public static final class Builder {
    private final String url;
    private String prefix = "agentstream";
    private Duration lease = Duration.ofSeconds(5);
    private Duration holdAfter = Duration.ofSeconds(10);
    private Duration keep = Duration.ofHours(1);
    private Duration commandTimeout = Duration.ofSeconds(2);
    private Limits limits = Limits.defaults();
    private ChatClock clock = ChatClock.system();

    private Builder(String url) {
      this.url = Objects.requireNonNull(url, "url");
    }

    public Builder prefix(String prefix) {
      this.prefix = prefix;
      return this;
    }

    public Builder lease(Duration lease) {
      this.lease = lease;
      return this;
    }

    public Builder holdAfter(Duration holdAfter) {
      this.holdAfter = holdAfter;
      return this;
    }

    public Builder keep(Duration keep) {
      this.keep = keep;
      return this;
    }

    public Builder commandTimeout(Duration commandTimeout) {
      this.commandTimeout = commandTimeout;
      return this;
    }

    public Builder limits(Limits limits) {
      this.limits = limits;
      return this;
    }

    public Builder clock(ChatClock clock) {
      this.clock = clock;
      return this;
    }

    /**
     * Returns the settings.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public RedisSettings build() {
      return new RedisSettings(url, prefix, lease, holdAfter, keep, commandTimeout, limits, clock);
    }
  }
}

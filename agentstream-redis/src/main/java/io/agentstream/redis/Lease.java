package io.agentstream.redis;

import io.agentstream.journal.internal.Reach;
import io.agentstream.time.ChatClock;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the key that shows that this node is alive, five times in each lease, and watches the keys
 * of the other nodes. If this node could not renew its key for a while, the others could not
 * either. In that case each node gets a whole lease to come back before it counts as dead.
 */
final class Lease {

  /** Receives the lease's callbacks, on the connection's thread. */
  interface Holder {
    /** Called with each renewal that is sent, whether or not it arrives. */
    void renewing();

    /** Called if this node counted as dead for a while. */
    void ranOut();

    /** Called if another node counts as dead. */
    void dead(String node);
  }

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);
  private static final int RENEWALS_PER_LEASE = 5;
  private static final int RENEWALS_MISSED = 3;

  private final RedisLink link;
  private final Keys keys;
  private final String me;
  private final ChatClock clock;
  private final Reach reach;
  private final Holder holder;
  private final Duration length;
  private final Duration renewal;

  private volatile boolean left;

  // Set by the connection's thread, except at the start.
  private volatile long renewedAt;
  private volatile long othersCountFrom;

  Lease(RedisLink link, Keys keys, String me, RedisSettings settings, Reach reach, Holder holder) {
    this.link = link;
    this.keys = keys;
    this.me = me;
    this.clock = settings.clock();
    this.reach = reach;
    this.holder = holder;
    this.length = settings.lease();
    this.renewal = length.dividedBy(RENEWALS_PER_LEASE);
  }

  /**
   * Returns the longest time from a node's last renewal until the others notice that it is dead.
   */
  static Duration noticedWithin(Duration lease) {
    return lease.plus(lease.dividedBy(RENEWALS_PER_LEASE));
  }

  /** Returns the time between two renewals. */
  Duration renewal() {
    return renewal;
  }

  void start() {
    renewedAt = clock.nanoTime();
    othersCountFrom = renewedAt;
    tick();
  }

  /** Stops renewing. */
  void stop() {
    left = true;
  }

  private RedisAsyncCommands<String, String> redis() {
    return link.queries();
  }

  private void tick() {
    if (left) {
      return;
    }
    link.later(renewal, this::tick);
    long now = clock.nanoTime();
    CompletionStage<String> renewed =
        redis().set(keys.node(me), "", SetArgs.Builder.px(length.toMillis()));
    CompletionStage<Void> unused =
        renewed.handle(
            (ok, failure) -> {
              if (failure == null) {
                renewed(now);
              } else {
                reach.failed(failure);
              }
              return null;
            });
    holder.renewing();
  }

  private void renewed(long at) {
    reach.succeeded();
    long gap = at - renewedAt;
    renewedAt = at;
    CompletionStage<Long> unused = redis().sadd(keys.nodes(), me);
    if (gap > RENEWALS_MISSED * renewal.toNanos()) {
      othersCountFrom = clock.nanoTime() + length.toNanos();
    }
    if (gap > length.toNanos()) {
      log.warn("This node was away for longer than its lease; others may run its conversations");
      holder.ranOut();
    }
    if (at - othersCountFrom >= 0) {
      CompletionStage<Void> unusedToo = redis().smembers(keys.nodes()).thenAccept(this::lookFor);
    }
  }

  private void lookFor(Set<String> nodes) {
    for (String other : nodes) {
      if (!other.equals(me) && Stored.isId(other)) {
        CompletionStage<Void> unused =
            redis()
                .exists(keys.node(other))
                .thenAccept(
                    alive -> {
                      if (alive == 0) {
                        holder.dead(other);
                      }
                    });
      }
    }
  }
}

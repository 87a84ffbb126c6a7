package io.agentstream.redis;

import io.agentstream.time.ChatClock;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key by which this node counts as alive, renewed five times a lease, and an eye on those of
 * the others. Where nothing could be renewed for a while the others had no better luck: then each
 * gets a whole lease to come back before it counts as dead.
 */
final class Lease {

  /** Told what the lease brings about; on the connection's thread. */
  interface Holder {
    /** With each renewal that is sent, whether or not it arrives. */
    void renewing();

    /** This node counted as dead for a while. */
    void ranOut();

    /** Another node counts as dead. */
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

  // Set by the connection's thread, but for the start.
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

  /** How long after its last renewal the others notice at the latest that a node is dead. */
  static Duration noticedWithin(Duration lease) {
    return lease.plus(lease.dividedBy(RENEWALS_PER_LEASE));
  }

  /** How long from one renewal to the next. */
  Duration renewal() {
    return renewal;
  }

  void start() {
    renewedAt = clock.nanoTime();
    othersCountFrom = renewedAt;
    tick();
  }

  /** Renews no more. */
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

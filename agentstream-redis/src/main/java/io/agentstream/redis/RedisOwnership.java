package io.agentstream.redis;

import io.agentstream.delivery.JournalReader;
import io.agentstream.delivery.Node;
import io.agentstream.delivery.Ownership;
import io.agentstream.delivery.SavedConversation;
import io.agentstream.delivery.StaleEpochException;
import io.agentstream.delivery.UnavailableException;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import io.lettuce.core.KeyValue;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node is alive as long as its key is there, which it renews: one lease for all its
 * conversations. When the key of another node runs out, every node tries to take that one's
 * conversations, each of which Redis gives to one of them, under the next epoch. A node that was
 * only paused or cut off finds its epochs superseded.
 */
final class RedisOwnership implements Ownership {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);
  private static final int RENEWALS_PER_LEASE = 5;
  private static final int TAKEN_AT_ONCE = 32;

  private final RedisLink link;
  private final Keys keys;
  private final String me;
  private final RedisSettings settings;
  private final ChatClock clock;
  private final RedisJournal journal;
  private final RedisRouter router;
  private final Reach reach;
  private final Duration renewal;

  private volatile @Nullable Node node;
  private volatile boolean left;

  // Used by the clock's thread and, one after the other, by the connection's.
  private volatile long renewedAt;
  private long toKeepLonger;

  RedisOwnership(
      RedisLink link,
      Keys keys,
      String me,
      RedisSettings settings,
      RedisJournal journal,
      RedisRouter router,
      Reach reach) {
    this.link = link;
    this.keys = keys;
    this.me = me;
    this.settings = settings;
    this.clock = settings.clock();
    this.journal = journal;
    this.router = router;
    this.reach = reach;
    this.renewal = settings.lease().dividedBy(RENEWALS_PER_LEASE);
  }

  private RedisAsyncCommands<String, String> redis() {
    return link.queries();
  }

  @Override
  public void start(Node node) {
    this.node = node;
    router.start(node);
    journal.onLost(
        id -> {
          forget(me, id);
          node.lost(id);
        });
    reach.onChange(node::journalReachable);
    link.onMessage(
        (channel, message) -> {
          if (channel.equals(keys.nodes()) && !message.equals(me)) {
            adopt(message);
          }
        });
    CompletionStage<Void> unused = link.subscribe(keys.nodes());
    renewedAt = clock.nanoTime();
    link.onBack(this::onBack);
    tick();
  }

  private void onBack() {
    journal.catchUp();
    verify();
  }

  private void tick() {
    if (left) {
      return;
    }
    link.later(renewal, this::tick);
    long now = clock.nanoTime();
    CompletionStage<String> renewed = redis().set(keys.node(me), "", leased());
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
    keepLonger();
    journal.tidy();
  }

  private SetArgs leased() {
    return SetArgs.Builder.px(settings.lease().toMillis());
  }

  private void renewed(long at) {
    reach.succeeded();
    boolean ranOut = at - renewedAt > settings.lease().toNanos();
    renewedAt = at;
    CompletionStage<Long> unused = redis().sadd(keys.nodes(), me);
    if (ranOut) {
      log.warn("This node was away for longer than its lease; others may run its conversations");
      verify();
    }
    CompletionStage<Void> unusedToo = redis().smembers(keys.nodes()).thenAccept(this::lookFor);
  }

  private void keepLonger() {
    if (toKeepLonger-- <= 0) {
      toKeepLonger = settings.keep().dividedBy(4).dividedBy(renewal);
      journal.keepLonger(settings.keep().toMillis());
    }
  }

  private void lookFor(Set<String> nodes) {
    for (String other : nodes) {
      if (!other.equals(me)) {
        CompletionStage<Void> unused =
            redis()
                .exists(keys.node(other))
                .thenAccept(
                    alive -> {
                      if (alive == 0) {
                        adopt(other);
                      }
                    });
      }
    }
  }

  /** Takes what another node has left, as far as no third one has. */
  private void adopt(String other) {
    CompletionStage<Void> unused =
        redis()
            .smembers(keys.owned(other))
            .thenAccept(
                ids -> {
                  if (left) {
                    return;
                  }
                  if (ids.isEmpty()) {
                    CompletionStage<Long> unusedToo = redis().srem(keys.nodes(), other);
                    return;
                  }
                  // Each node begins elsewhere, so that they share what there is.
                  List<String> shuffled = new ArrayList<>(ids);
                  Collections.shuffle(shuffled);
                  shuffled.stream().limit(TAKEN_AT_ONCE).forEach(id -> take(other, id));
                });
  }

  private void take(String other, String id) {
    CompletionStage<Long> unusedToo = redis().sadd(keys.owned(me), id);
    CompletionStage<Void> unused =
        Script.TAKE
            .run(
                link.scripts(),
                keys.ofConversation(id),
                other,
                me,
                Long.toString(settings.keep().toMillis()))
            .thenAccept(
                taken -> {
                  forget(other, id);
                  String owner = taken.get(0);
                  if (taken.size() > 1) {
                    goOn(id, Long.parseLong(taken.get(1)), taken.get(2), taken.get(3));
                  } else if (!owner.equals(me)) {
                    forget(me, id);
                  }
                })
            .exceptionally(failure -> failed(id, failure));
  }

  private void goOn(String id, long epoch, String definition, String state) {
    CompletionStage<Void> unused =
        journal
            .readAgain(id)
            .thenAccept(
                reader -> reader.ifPresent(found -> goOn(id, epoch, found, definition, state)))
            .exceptionally(failure -> failed(id, failure));
  }

  private void goOn(String id, long epoch, JournalReader reader, String definition, String state) {
    Node hub = node;
    if (hub != null && !left) {
      Limits limits = settings.limits();
      SavedConversation saved = state.isEmpty() ? null : SavedText.read(definition, state, limits);
      hub.takeOver(id, epoch, reader, saved);
    }
  }

  private static @Nullable Void failed(String id, Throwable failure) {
    if (failure.getCause() instanceof StaleEpochException) {
      log.info("Conversation {}: a third node was faster", id);
      return null;
    }
    log.error("Conversation {}: it could not be taken over", id, failure);
    return null;
  }

  /** Whether what runs here is still this node's, which appends would tell of busy ones only. */
  private void verify() {
    for (SharedConversation conversation : journal.owned()) {
      verify(conversation);
    }
  }

  private void verify(SharedConversation conversation) {
    CompletionStage<Void> unused =
        redis()
            .hmget(keys.conversation(conversation.id), "node", "epoch")
            .thenAccept(fields -> verified(conversation, fields))
            .exceptionally(
                failure -> {
                  link.later(renewal, () -> verify(conversation));
                  return null;
                });
  }

  private void verified(SharedConversation conversation, List<KeyValue<String, String>> fields) {
    String owner = fields.get(0).getValueOrElse("");
    if (owner.isEmpty()) {
      journal.goneUnlessNew(conversation);
    } else if (!owner.equals(me)) {
      journal.lost(conversation, Long.parseLong(fields.get(1).getValue()));
    }
  }

  @Override
  public CompletionStage<Long> claim(String conversationId) {
    CompletionStage<Long> unusedToo = redis().sadd(keys.owned(me), conversationId);
    return Script.OPEN
        .run(
            link.scripts(),
            keys.ofConversation(conversationId),
            me,
            "1",
            Long.toString(settings.keep().toMillis()))
        .handle(
            (result, failure) -> {
              if (failure != null) {
                throw new UnavailableException("Redis took no new conversation: " + failure);
              }
              return Long.parseLong(result.get(1));
            });
  }

  @Override
  public void release(String conversationId) {
    forget(me, conversationId);
  }

  private void forget(String owner, String id) {
    CompletionStage<Long> unused = redis().srem(keys.owned(owner), id);
  }

  @Override
  public boolean leave() {
    left = true;
    return true;
  }

  /** Lets the other nodes take what runs here, without waiting for the lease to run out. */
  CompletionStage<Long> handOver() {
    left = true;
    CompletionStage<Long> gone = redis().del(keys.node(me));
    return gone.thenCompose(done -> redis().publish(keys.nodes(), me));
  }
}

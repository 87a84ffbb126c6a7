package io.agentstream.redis;

import io.agentstream.delivery.Node;
import io.agentstream.delivery.Ownership;
import io.lettuce.core.KeyValue;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A node is alive as long as its key is there, which it renews: one {@link Lease} for all its
 * conversations. When the key of another node runs out, every node tries to take that one's
 * conversations ({@link Takeover}), each of which Redis gives to one of them, under the next epoch.
 * A node that was only paused or cut off finds its epochs superseded.
 */
final class RedisOwnership implements Ownership, Lease.Holder {

  private final RedisLink link;
  private final Keys keys;
  private final String me;
  private final RedisSettings settings;
  private final RedisJournal journal;
  private final RedisRouter router;
  private final Reach reach;
  private final Lease lease;
  private final Upkeep upkeep;

  private volatile @Nullable Takeover takeover;

  RedisOwnership(
      RedisLink link,
      Keys keys,
      String me,
      RedisSettings settings,
      RedisJournal journal,
      RedisDirectory directory,
      RedisRouter router,
      Reach reach) {
    this.link = link;
    this.keys = keys;
    this.me = me;
    this.settings = settings;
    this.journal = journal;
    this.router = router;
    this.reach = reach;
    this.lease = new Lease(link, keys, me, settings, reach, this);
    this.upkeep = new Upkeep(link, keys, me, settings.keep(), lease.renewal(), journal, directory);
  }

  private RedisAsyncCommands<String, String> redis() {
    return link.queries();
  }

  @Override
  public void start(Node node) {
    takeover = new Takeover(link, keys, me, settings, journal, node);
    router.start(node);
    journal.onLost(
        id -> {
          release(id);
          node.lost(id);
        });
    reach.onChange(node::journalReachable);
    link.onMessage(
        (channel, message) -> {
          if (channel.equals(keys.nodes()) && !message.equals(me)) {
            dead(message);
          }
        });
    CompletionStage<Void> unused = link.subscribe(keys.nodes());
    link.onBack(this::onBack);
    lease.start();
  }

  private void onBack() {
    journal.catchUp();
    ranOut();
  }

  @Override
  public void renewing() {
    link.probe();
    journal.checkAppends();
    upkeep.run();
  }

  @Override
  public void dead(String other) {
    Takeover ready = takeover;
    if (ready != null) {
      ready.adopt(other);
    }
  }

  /** Asks whether what runs here is still this node's; appends would tell of busy ones only. */
  @Override
  public void ranOut() {
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
                  link.later(lease.renewal(), () -> verify(conversation));
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
    // Entered first: whatever this node owns, the others must find if it dies.
    CompletionStage<List<String>> opened =
        redis()
            .sadd(keys.owned(me), conversationId)
            .thenCompose(
                entered ->
                    Script.OPEN.run(
                        link.scripts(),
                        keys.ofConversation(conversationId),
                        me,
                        "1",
                        Long.toString(settings.keep().toMillis())));
    return Answers.orUnavailable("Redis took no new conversation", opened)
        .thenApply(result -> Long.parseLong(result.get(1)));
  }

  @Override
  public void release(String conversationId) {
    CompletionStage<Long> unused = redis().srem(keys.owned(me), conversationId);
  }

  @Override
  public boolean leave() {
    lease.stop();
    Takeover ready = takeover;
    if (ready != null) {
      ready.stop();
    }
    return true;
  }

  /** Lets the other nodes take what runs here, without waiting for the lease to run out. */
  CompletionStage<Long> handOver() {
    leave();
    CompletionStage<Long> gone = redis().del(keys.node(me));
    return gone.thenCompose(done -> redis().publish(keys.nodes(), me));
  }
}

package io.agentstream.redis;

import io.agentstream.backplane.Node;
import io.agentstream.backplane.Ownership;
import io.agentstream.journal.UnavailableException;
import io.agentstream.journal.internal.Reach;
import io.lettuce.core.KeyValue;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which node runs a conversation. A node is alive as long as its key exists, which it
 * renews: one {@link Lease} for all its conversations. When the key of another node expires, every
 * node tries to take that node's conversations ({@link Takeover}). Redis gives each of them to one
 * node, under the next epoch. A node that was only paused or cut off finds its epochs superseded.
 */
final class RedisOwnership implements Ownership, Lease.Holder {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);

  private final RedisLink link;
  private final Keys keys;
  private final String me;
  private final RedisSettings settings;
  private final RedisJournal journal;
  private final RedisDirectory directory;
  private final RedisRouter router;
  private final Reach reach;
  private final Lease lease;
  private final Upkeep upkeep;

  private volatile @Nullable Takeover takeover;
  private volatile Consumer<String> lost = id -> {};
  private volatile boolean gaveUp;

  RedisOwnership(
      ThisNode node,
      RedisSettings settings,
      RedisJournal journal,
      RedisDirectory directory,
      RedisRouter router,
      Reach reach) {
    this.link = node.link();
    this.keys = node.keys();
    this.me = node.id();
    this.settings = settings;
    this.journal = journal;
    this.directory = directory;
    this.router = router;
    this.reach = reach;
    this.lease = new Lease(link, keys, me, settings, reach, this);
    this.upkeep = new Upkeep(node, settings.keep(), lease.renewal(), journal, directory);
  }

  private RedisAsyncCommands<String, String> redis() {
    return link.queries();
  }

  @Override
  public void start(Node node) {
    takeover = new Takeover(link, keys, me, settings, journal, node);
    lost = node::lost;
    router.start(node);
    journal.onLost(
        id -> {
          release(id);
          directory.lost(id);
          node.lost(id);
        });
    journal.onOpened(this::opened);
    directory.whereWritten(id -> journal.writes(id, 1));
    reach.onChange(node::journalReachable);
    link.onMessage(
        (channel, message) -> {
          if (channel.equals(keys.nodes()) && !message.equals(me) && Stored.isId(message)) {
            dead(message);
          }
        });
    CompletionStage<Void> unused = link.subscribe(keys.nodes());
    link.onBack(this::onBack);
    lease.start();
  }

  /**
   * Enters a conversation again that another node has given up, or that Redis has lost, before it
   * began. A conversation that an application starts does not wait for its claim and comes here
   * too.
   */
  private void opened(String conversationId, boolean unknown) {
    if (unknown) {
      CompletionStage<Long> unused = redis().sadd(keys.owned(me), conversationId);
    }
    directory.begun(conversationId, unknown);
  }

  private void onBack() {
    journal.catchUp();
    ranOut();
  }

  @Override
  public void renewing() {
    link.probe();
    if (!journal.checkAppends() && !gaveUp) {
      giveUp();
      return;
    }
    upkeep.run();
  }

  /**
   * Hands this node's conversations to the others. If it stayed their owner, no other node could
   * ever take them.
   */
  private void giveUp() {
    gaveUp = true;
    log.error(
        "The thread that writes to Redis is dead or stuck: this node hands its conversations over"
            + " and starts no more. Start it anew");
    CompletionStage<Long> unused = handOver();
    journal.ids().forEach(lost);
  }

  /** Returns false once this node has handed everything over on its own. */
  boolean takesPart() {
    return !gaveUp;
  }

  @Override
  public void dead(String other) {
    Takeover ready = takeover;
    if (ready != null) {
      ready.adopt(other);
    }
  }

  /**
   * Checks whether this node still owns its conversations. Appends would reveal that only for busy
   * conversations.
   */
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
      Long epoch = Stored.number(fields.get(1).getValueOrElse(""));
      journal.lost(conversation, epoch == null ? 0 : epoch);
    }
  }

  @Override
  public CompletionStage<Long> claim(String conversationId) {
    return open(conversationId, 1, "").thenApply(result -> Long.parseLong(result.get(1)));
  }

  @Override
  public CompletionStage<Boolean> bringBack(String conversationId, long epoch) {
    return open(conversationId, epoch, "forgotten")
        .thenApply(
            result -> {
              boolean ours = !result.get(0).equals("stale");
              if (!ours && !result.get(2).equals(me)) {
                release(conversationId);
              }
              return ours;
            });
  }

  private CompletionStage<List<String>> open(String conversationId, long epoch, String only) {
    if (gaveUp) {
      return CompletableFuture.failedStage(
          new UnavailableException("This node can no longer write to Redis"));
    }
    // Entered first, so that the others find every conversation of this node if it dies.
    CompletionStage<List<String>> opened =
        redis()
            .sadd(keys.owned(me), conversationId)
            .thenCompose(
                entered ->
                    Script.OPEN.run(
                        link.scripts(),
                        keys.ofConversation(conversationId),
                        me,
                        Long.toString(epoch),
                        Long.toString(settings.keep().toMillis()),
                        only));
    return link.handOut(Answers.orUnavailable("Redis took no new conversation", opened));
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

  /**
   * Lets the other nodes take this node's conversations without waiting for its lease to expire.
   */
  CompletionStage<Long> handOver() {
    leave();
    CompletionStage<Long> gone = redis().del(keys.node(me));
    return gone.thenCompose(done -> redis().publish(keys.nodes(), me));
  }
}

package io.agentstream.redis;

import io.agentstream.backplane.Backplane;
import io.agentstream.backplane.CommandRouter;
import io.agentstream.backplane.Directory;
import io.agentstream.backplane.KeptShares;
import io.agentstream.backplane.Ownership;
import io.agentstream.backplane.Signals;
import io.agentstream.chat.ConversationBuilder;
import io.agentstream.journal.Journal;
import io.agentstream.journal.UnavailableException;
import io.agentstream.journal.internal.Reach;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shares conversations among the nodes of a service, on Redis 6.2 or later or on Valkey. Create one
 * for each hub:
 *
 * <pre>{@code
 * RedisBackplane redis = RedisBackplane.connect(RedisSettings.at("redis://localhost").build());
 * ConversationHub hub =
 *     ConversationHub.builder().agents(optimist, sceptic).backplane(redis).build();
 * }</pre>
 *
 * <p>Close the hub first, then this. All nodes need the same catalogue and the same limits.
 */
public final class RedisBackplane implements Backplane, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);

  /** How long closing waits for the last writes. */
  private static final long FLUSH_MILLIS = 1_000;

  private final String id = ConversationBuilder.newId();
  private final RedisLink link;
  private final Keys keys;
  private final RedisDirectory directory;
  private final RedisJournal journal;
  private final RedisOwnership ownership;
  private final RedisRouter router;
  private final Signals signals;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RedisBackplane(RedisSettings settings, RedisLink link) {
    this.link = link;
    this.keys = new Keys(settings.prefix());
    this.directory = new RedisDirectory(link, keys, settings.keep());
    Reach reach = new Reach(settings.clock(), settings.holdAfter(), new RedisLog());
    this.journal = new RedisJournal(link, keys, id, settings, reach);
    this.router = new RedisRouter(link, keys, id, settings);
    this.ownership =
        new RedisOwnership(
            new ThisNode(link, keys, id), settings, journal, directory, router, reach);
    this.signals = new RedisSignals(link, keys, id);
    journal.start();
  }

  /**
   * Connects to Redis, and blocks until the connection is open.
   *
   * @throws IllegalArgumentException if the URL is not a Redis URL
   * @throws UnavailableException if Redis cannot be reached or refuses this node
   */
  public static RedisBackplane connect(RedisSettings settings) {
    return new RedisBackplane(settings, RedisLink.connect(settings));
  }

  /** Returns this node's name in Redis, which is different after each start. */
  public String nodeId() {
    return id;
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public Ownership ownership() {
    return ownership;
  }

  @Override
  public Directory directory() {
    return directory;
  }

  @Override
  public KeptShares shares() {
    return new RedisShares(link, keys);
  }

  @Override
  public Signals signals() {
    return signals;
  }

  @Override
  public CompletionStage<Boolean> isViewed(String conversationId) {
    String channel = keys.conversation(conversationId);
    return link.handOut(
        link.queries()
            .pubsubNumsub(channel)
            .thenApply(counts -> counts.getOrDefault(channel, 0L) > 0));
  }

  @Override
  public List<String> problems() {
    return ownership.takesPart()
        ? List.of()
        : List.of("The thread that writes to Redis is dead or stuck: nothing runs here any more");
  }

  @Override
  public CommandRouter router() {
    return router;
  }

  /**
   * Hands this node's conversations to the other nodes and disconnects. Waits for the last writes,
   * for at most one second.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      if (ownership.takesPart()) {
        await(journal.whenQuiet(), "The last events could not be written to Redis");
      }
      await(
          ownership.handOver().toCompletableFuture(),
          "Could not announce in Redis that this node leaves");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    journal.close();
    link.close();
  }

  private static void await(CompletableFuture<?> done, String problem) throws InterruptedException {
    try {
      done.get(FLUSH_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("{}: {}", problem, e.toString());
    }
  }
}

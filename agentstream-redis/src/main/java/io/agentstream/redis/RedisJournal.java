package io.agentstream.redis;

import io.agentstream.event.ChatEvent;
import io.agentstream.journal.ConversationLog;
import io.agentstream.journal.Journal;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.JournalWriter;
import io.agentstream.journal.SavedConversation;
import io.agentstream.journal.internal.Reach;
import io.agentstream.settings.Limits;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.Snapshot;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps each conversation as a stream in Redis, and as a log in memory on the node that writes it
 * and on each node that shows it. Viewers on the writing node read that log, without a round trip.
 */
final class RedisJournal implements Journal, Pump.Owner {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);

  private final RedisLink link;
  private final Limits limits;
  private final ChatClock clock;
  private final Pump pump;
  private final Followers followers;
  private final ConcurrentHashMap<String, SharedConversation> conversations =
      new ConcurrentHashMap<>();
  private final Removals removals;
  private final JournalStates states;
  private volatile Consumer<String> onLost = id -> {};
  private volatile BiConsumer<String, Boolean> onOpened = (id, unknown) -> {};
  private volatile @Nullable CompletableFuture<Void> quiet;

  RedisJournal(RedisLink link, Keys keys, String node, RedisSettings settings, Reach reach) {
    this.link = link;
    this.limits = settings.limits();
    this.clock = settings.clock();
    this.removals = new Removals(link, keys, node);
    this.pump = new Pump(link, keys, node, settings, reach, this);
    this.followers = new Followers(link, keys, clock, conversations);
    this.states = new JournalStates(link, keys, conversations);
  }

  void start() {
    pump.start();
    followers.start();
  }

  /** Calls {@code listener} with each conversation that this node may no longer write. */
  void onLost(Consumer<String> listener) {
    onLost = listener;
  }

  /**
   * Calls {@code listener} with what Redis has opened, and whether it knew nothing of it before; on
   * the connection's thread.
   */
  void onOpened(BiConsumer<String, Boolean> listener) {
    onOpened = listener;
  }

  @Override
  public JournalWriter open(String conversationId, long epoch) {
    SharedConversation conversation = conversation(conversationId);
    JournalWriter local = conversation.log.open(epoch);
    Outflow outflow = new Outflow(epoch, conversation.log, limits);
    followers.stop(conversation, outflow);
    pump.mark(conversation);
    return new Writer(conversation, local, outflow);
  }

  @Override
  public CompletionStage<Optional<JournalReader>> read(String conversationId) {
    SharedConversation conversation = conversation(conversationId);
    if (conversation.isOwned()) {
      ConversationLog log = conversation.log;
      return CompletableFuture.completedStage(
          log.epoch() == 0 ? Optional.empty() : Optional.of(log));
    }
    return link.handOut(followers.follow(conversation));
  }

  @Override
  public CompletionStage<Map<String, Snapshot.State>> states(Collection<String> conversationIds) {
    return states.of(conversationIds);
  }

  @Override
  public void bringBack(String conversationId, Snapshot.Content content) {
    removals.cancel(conversationId);
    SharedConversation conversation = conversation(conversationId);
    if (conversation.log.epoch() < content.epoch()) {
      conversation.log.reset(content, List.of());
    }
  }

  /** Reads the conversation from Redis, regardless of this node's log. */
  CompletionStage<Optional<JournalReader>> readAgain(String conversationId) {
    return followers.followAgain(conversation(conversationId));
  }

  @Override
  public void remove(String conversationId) {
    SharedConversation conversation = conversations.remove(conversationId);
    if (conversation != null) {
      Outflow outflow;
      synchronized (conversation) {
        outflow = conversation.outflow;
        conversation.outflow = null;
      }
      if (outflow != null) {
        outflow.awaited().giveUp();
      }
    }
    removals.add(conversationId);
  }

  private SharedConversation conversation(String id) {
    return conversations.computeIfAbsent(
        id, key -> new SharedConversation(key, new ConversationLog(key, limits, clock)));
  }

  /** Returns whether this node writes the conversation under this epoch or a later one. */
  boolean writes(String id, long epoch) {
    SharedConversation conversation = conversations.get(id);
    Outflow outflow = conversation == null ? null : conversation.outflow();
    return outflow != null && outflow.epoch >= epoch;
  }

  /** Returns the conversations that this node writes. */
  Collection<SharedConversation> owned() {
    return conversations.values().stream().filter(SharedConversation::isOwned).toList();
  }

  /**
   * Called when Redis is back. It may have lost events, or accepted events of other nodes
   * meanwhile.
   */
  void catchUp() {
    removals.tryAgain();
    owned().forEach(pump::mark);
    followers.catchUp();
  }

  /**
   * Checks whether Redis answers appends.
   *
   * @return false if this node's writes will never reach Redis
   */
  boolean checkAppends() {
    pump.check();
    return pump.isAlive();
  }

  /** Returns the ids of the conversations that this node writes or follows. */
  Set<String> ids() {
    return Set.copyOf(conversations.keySet());
  }

  /** Releases conversations that nobody views here. */
  void tidy() {
    followers.tidy();
  }

  /** Returns a future that completes, on any thread, when Redis has everything written here. */
  CompletableFuture<Void> whenQuiet() {
    CompletableFuture<Void> result = new CompletableFuture<>();
    quiet = result;
    taken();
    return result;
  }

  @Override
  public void taken() {
    CompletableFuture<Void> waiting = quiet;
    if (waiting != null && owned().stream().noneMatch(SharedConversation::isBehind)) {
      waiting.complete(null);
    }
  }

  void close() {
    pump.close();
  }

  @Override
  public void stale(SharedConversation conversation, Outflow outflow, long epoch) {
    if (giveUp(conversation, outflow, epoch)) {
      CompletionStage<?> unused = followers.follow(conversation);
    }
  }

  /**
   * Called if another node runs the conversation, which was found out by other means than an
   * append.
   */
  void lost(SharedConversation conversation, long epoch) {
    Outflow outflow = conversation.outflow();
    if (outflow != null) {
      stale(conversation, outflow, epoch);
    }
  }

  /**
   * Called if Redis does not have the conversation, which was found out by other means than an
   * append. It may not have arrived yet.
   */
  void goneUnlessNew(SharedConversation conversation) {
    Outflow outflow;
    synchronized (conversation) {
      outflow = conversation.outflow;
      if (outflow == null || !outflow.isOpened()) {
        return;
      }
    }
    gone(conversation, outflow);
  }

  @Override
  public void opened(SharedConversation conversation, boolean unknown) {
    onOpened.accept(conversation.id, unknown);
  }

  /**
   * Ends a conversation that Redis does not have. If nothing was ever written, this node stalled
   * between its claim and its first event, and others have given the conversation up; then it is
   * entered again.
   */
  @Override
  public void gone(SharedConversation conversation, Outflow outflow) {
    synchronized (conversation) {
      if (outflow.isUnwritten()) {
        outflow.closed();
        pump.mark(conversation);
        return;
      }
    }
    if (giveUp(conversation, outflow, outflow.epoch)) {
      followers.end(conversation);
    }
  }

  @Override
  public void broken(SharedConversation conversation, Outflow outflow, Throwable cause) {
    log.atError()
        .addKeyValue("conversation_id", conversation.id)
        .setCause(cause)
        .log("Conversation {}: it cannot be written to Redis, and ends", conversation.id);
    if (giveUp(conversation, outflow, outflow.epoch)) {
      followers.end(conversation);
      remove(conversation.id);
    }
  }

  private boolean giveUp(SharedConversation conversation, Outflow outflow, long epoch) {
    synchronized (conversation) {
      if (conversation.outflow != outflow) {
        return false;
      }
      conversation.outflow = null;
      conversation.log.supersede(epoch);
    }
    link.execute(outflow.awaited()::giveUp);
    onLost.accept(conversation.id);
    taken();
    return true;
  }

  private final class Writer implements JournalWriter {
    private final SharedConversation conversation;
    private final JournalWriter local;
    private final Outflow outflow;

    Writer(SharedConversation conversation, JournalWriter local, Outflow outflow) {
      this.conversation = conversation;
      this.local = local;
      this.outflow = outflow;
    }

    @Override
    public void append(ChatEvent event) {
      local.append(event);
      pump.mark(conversation);
    }

    @Override
    public void appendAll(List<ChatEvent> events) {
      local.appendAll(events);
      pump.mark(conversation);
    }

    @Override
    public void keep(SavedConversation saved) {
      outflow.keep(saved);
      pump.mark(conversation);
    }

    @Override
    public CompletionStage<Void> record(SavedConversation saved) {
      CompletableFuture<Void> taken = outflow.record(saved);
      pump.mark(conversation);
      return AwaitedStates.withPatience(taken, clock);
    }
  }
}

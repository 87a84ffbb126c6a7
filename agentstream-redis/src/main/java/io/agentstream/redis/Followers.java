package io.agentstream.redis;

import io.agentstream.journal.JournalReader;
import io.agentstream.journal.UnavailableException;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the conversations that other nodes write. It subscribes to a conversation first and loads
 * it afterwards, so that no event is missed; events that arrive meanwhile wait. If events are
 * missing nevertheless, because a connection was lost, it loads the conversation again.
 */
final class Followers {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);
  private static final Duration FIRST_EVENT = Duration.ofSeconds(1);
  private static final Duration TRY_AGAIN = Duration.ofMillis(200);
  private static final Duration KEPT_UNUSED = Duration.ofSeconds(30);
  private static final String REMOVED = "R";

  private final RedisLink link;
  private final Keys keys;
  private final ChatClock clock;
  private final Subscriptions subscriptions;

  Followers(
      RedisLink link,
      Keys keys,
      ChatClock clock,
      ConcurrentMap<String, SharedConversation> conversations) {
    this.link = link;
    this.keys = keys;
    this.clock = clock;
    this.subscriptions = new Subscriptions(link, keys, conversations);
  }

  void start() {
    link.onMessage(
        (channel, message) -> {
          if (keys.isConversation(channel)) {
            hear(keys.idOf(channel), message);
          }
        });
  }

  /** Returns the conversation, and follows it from now on if this node did not follow it yet. */
  CompletionStage<Optional<JournalReader>> follow(SharedConversation conversation) {
    CompletableFuture<Optional<JournalReader>> loading = new CompletableFuture<>();
    synchronized (conversation) {
      conversation.usedAt = clock.nanoTime();
      if (conversation.following != null) {
        return conversation.following;
      }
      if (!subscriptions.enter(conversation)) {
        return CompletableFuture.failedStage(
            new UnavailableException("The conversation was just released"));
      }
      conversation.following = loading;
      conversation.heardEarly = new ArrayList<>();
    }
    CompletionStage<Void> unused =
        load(conversation, loading).exceptionally(cause -> failed(conversation, loading, cause));
    return loading;
  }

  /** Works like {@link #follow}, and first loads the events that Redis has by now. */
  CompletionStage<Optional<JournalReader>> followAgain(SharedConversation conversation) {
    boolean followed;
    synchronized (conversation) {
      followed = conversation.following != null;
    }
    CompletionStage<Optional<JournalReader>> first = follow(conversation);
    if (!followed) {
      return first;
    }
    return first
        .thenCompose(reader -> again(conversation))
        .thenCompose(done -> follow(conversation));
  }

  /** Subscribes first, even if it had subscribed before a connection was lost. */
  private CompletionStage<Void> load(
      SharedConversation conversation, CompletableFuture<Optional<JournalReader>> loading) {
    return subscriptions
        .subscribe(conversation)
        .thenCompose(done -> Script.LOAD.run(link.scripts(), keys.ofConversation(conversation.id)))
        .thenAccept(stored -> loaded(conversation, loading, stored));
  }

  private void loaded(
      SharedConversation conversation,
      CompletableFuture<Optional<JournalReader>> loading,
      List<String> stored) {
    synchronized (conversation) {
      if (!isFollowed(conversation, loading)) {
        // This node has become the conversation's writer.
        loading.complete(Optional.of(conversation.log));
        return;
      }
    }
    if (stored.isEmpty()) {
      if (isUnderWay(conversation)) {
        end(conversation);
      }
      giveUp(conversation, loading);
    } else if (!take(conversation, stored)) {
      log.error("Conversation {}: its stream in Redis has a gap or is broken", conversation.id);
      giveUp(conversation, loading);
    } else if (conversation.log.epoch() == 0) {
      // It was opened a moment ago, and its first event has not arrived yet.
      link.later(FIRST_EVENT, () -> giveUpWaiting(conversation, loading));
    }
  }

  @SuppressWarnings("ReferenceEquality") // This very future, or one of a later time.
  private static boolean isFollowed(
      SharedConversation conversation, CompletableFuture<Optional<JournalReader>> loading) {
    return conversation.following == loading;
  }

  private void giveUpWaiting(
      SharedConversation conversation, CompletableFuture<Optional<JournalReader>> loading) {
    if (!loading.isDone()) {
      giveUp(conversation, loading);
    }
  }

  private void giveUp(
      SharedConversation conversation, CompletableFuture<Optional<JournalReader>> loading) {
    if (!loading.isDone()) {
      drop(conversation);
      loading.complete(Optional.empty());
    } else if (conversation.log.epoch() > 0) {
      drop(conversation);
    }
  }

  private boolean take(SharedConversation conversation, List<String> stored) {
    synchronized (conversation) {
      if (!bringIn(conversation, stored)) {
        return false;
      }
      List<String> heard = conversation.heardEarly;
      conversation.heardEarly = null;
      if (heard != null) {
        heard.forEach(message -> apply(conversation, message));
      }
      there(conversation);
      return true;
    }
  }

  /** Returns false if the stream has a gap or is broken, which another attempt would not repair. */
  private static boolean bringIn(SharedConversation conversation, List<String> stored) {
    try {
      return StoredConversation.of(conversation.id, stored).bringInto(conversation.log);
    } catch (RuntimeException e) {
      Stored.logBroken(conversation.id, "events");
      return false;
    }
  }

  /** Notifies the callers that wait for the conversation, once there is something to read. */
  private static void there(SharedConversation conversation) {
    CompletableFuture<Optional<JournalReader>> following = conversation.following;
    if (following != null && conversation.log.epoch() > 0) {
      following.complete(Optional.of(conversation.log));
    }
  }

  private Void failed(
      SharedConversation conversation,
      CompletableFuture<Optional<JournalReader>> loading,
      Throwable failure) {
    if (conversation.log.epoch() == 0) {
      drop(conversation);
    } else {
      followLater(conversation, loading);
    }
    loading.completeExceptionally(
        new UnavailableException("Redis did not give the conversation: " + failure));
    return null;
  }

  /**
   * Retries if viewers may already read the log. This node has written the conversation and has
   * lost it to another node, and the viewers wait for that node's events.
   */
  private void followLater(
      SharedConversation conversation, CompletableFuture<Optional<JournalReader>> failed) {
    CompletableFuture<Optional<JournalReader>> next = new CompletableFuture<>();
    synchronized (conversation) {
      if (!isFollowed(conversation, failed)) {
        return;
      }
      conversation.following = next;
    }
    log.debug("Conversation {}: not followed yet", conversation.id);
    link.later(
        TRY_AGAIN,
        () -> {
          CompletionStage<Void> unused =
              load(conversation, next).exceptionally(cause -> failed(conversation, next, cause));
        });
  }

  private void hear(String id, String message) {
    SharedConversation conversation = subscriptions.find(id);
    if (conversation == null) {
      return;
    }
    synchronized (conversation) {
      if (conversation.following == null) {
        return;
      }
      if (conversation.heardEarly != null) {
        conversation.heardEarly.add(message);
      } else {
        apply(conversation, message);
      }
    }
  }

  private void apply(SharedConversation conversation, String message) {
    if (message.equals(REMOVED)) {
      CompletableFuture<Optional<JournalReader>> following = conversation.following;
      if (isUnderWay(conversation)) {
        end(conversation);
      }
      drop(conversation);
      if (following != null) {
        // The message may arrive while a caller still waits for the conversation.
        following.complete(Optional.empty());
      }
      return;
    }
    try {
      if (conversation.log.follow(EntryText.readTold(conversation.id, message))) {
        there(conversation);
        return;
      }
      CompletionStage<Void> unused = again(conversation);
    } catch (RuntimeException e) {
      Stored.logBroken(conversation.id, "events, as told by a node of another version,");
    }
  }

  private static boolean isUnderWay(SharedConversation conversation) {
    return conversation.log.epoch() > 0 && conversation.log.state() != Snapshot.State.ENDED;
  }

  /** Loads the missing events. */
  private CompletionStage<Void> again(SharedConversation conversation) {
    CompletableFuture<Optional<JournalReader>> following;
    synchronized (conversation) {
      following = conversation.following;
      if (following == null) {
        return CompletableFuture.completedStage(null);
      }
      if (conversation.heardEarly == null) {
        conversation.heardEarly = new ArrayList<>();
      }
    }
    return load(conversation, following)
        .exceptionally(
            failure -> {
              log.debug("Conversation {}: not loaded again", conversation.id, failure);
              link.later(TRY_AGAIN, () -> tryAgain(conversation));
              return null;
            });
  }

  private void tryAgain(SharedConversation conversation) {
    CompletionStage<Void> unused = again(conversation);
  }

  /** Called after the connection was lost: any followed conversation may lack events. */
  void catchUp() {
    for (SharedConversation conversation : subscriptions.all()) {
      CompletionStage<Void> unused = again(conversation);
    }
  }

  /** Stops following the conversation, because this node writes it from now on. */
  void stop(SharedConversation conversation, Outflow outflow) {
    synchronized (conversation) {
      conversation.outflow = outflow;
      conversation.following = null;
      subscriptions.own(conversation);
    }
  }

  /**
   * Ends a conversation whose journal is gone. Viewers are notified, and keep the text that they
   * have.
   */
  void end(SharedConversation conversation) {
    log.error("Conversation {}: it is no longer in Redis, and ends", conversation.id);
    conversation.log.end(LostJournal.lastEvents());
    drop(conversation);
  }

  private void drop(SharedConversation conversation) {
    synchronized (conversation) {
      if (conversation.outflow != null) {
        return;
      }
      conversation.following = null;
      subscriptions.leave(conversation);
    }
  }

  /** Releases conversations that nobody has viewed here for a while. */
  void tidy() {
    for (SharedConversation conversation : subscriptions.all()) {
      synchronized (conversation) {
        if (isUnused(conversation)) {
          drop(conversation);
        }
      }
    }
  }

  private boolean isUnused(SharedConversation conversation) {
    boolean loaded = conversation.following != null && conversation.heardEarly == null;
    if (loaded && conversation.log.isWatched()) {
      conversation.usedAt = clock.nanoTime();
    }
    return loaded && clock.nanoTime() - conversation.usedAt > KEPT_UNUSED.toNanos();
  }
}

package io.agentstream.redis;

import io.agentstream.backplane.Handover;
import io.agentstream.backplane.Node;
import io.agentstream.identity.ConversationInfo;
import io.agentstream.identity.User;
import io.agentstream.internal.IdleThreads;
import io.agentstream.journal.JournalReader;
import io.agentstream.journal.SavedConversation;
import io.agentstream.journal.StaleEpochException;
import io.agentstream.settings.Limits;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over another node's conversations, each under its next epoch. */
final class Takeover {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);
  private static final int TAKEN_AT_ONCE = 32;
  private static final Duration TRY_AGAIN = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final RedisLink link;
  private final Keys keys;
  private final String me;
  private final RedisSettings settings;
  private final RedisJournal journal;
  private final Node node;

  /** The connection's own thread must stay free, because it renews the lease. */
  private final Executor restoring = new IdleThreads("agentstream-takeover", 1);

  private final Set<String> adopting = ConcurrentHashMap.newKeySet();
  private final Set<String> goingOn = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  Takeover(
      RedisLink link,
      Keys keys,
      String me,
      RedisSettings settings,
      RedisJournal journal,
      Node node) {
    this.link = link;
    this.keys = keys;
    this.me = me;
    this.settings = settings;
    this.journal = journal;
    this.node = node;
  }

  /** Stops taking over conversations. */
  void stop() {
    stopped = true;
  }

  private RedisAsyncCommands<String, String> redis() {
    return link.queries();
  }

  /**
   * Takes the conversations that another node has left, except those that a third node has taken.
   */
  void adopt(String other) {
    if (adopting.add(other)) {
      CompletionStage<Void> unused =
          adoptNext(other)
              .whenComplete(
                  (done, failure) -> {
                    adopting.remove(other);
                    if (failure != null) {
                      log.warn(
                          "What node {} has left could not be taken yet: {}",
                          other,
                          failure.toString());
                    }
                  });
    }
  }

  private CompletionStage<Void> adoptNext(String other) {
    return redis().smembers(keys.owned(other)).thenCompose(ids -> adopt(other, ids));
  }

  /** Removes an entry that is not a conversation, so that no other node retries it for ever. */
  private CompletionStage<Boolean> takeOrPassOver(String other, String id) {
    return take(other, id)
        .handle(
            (done, failure) -> {
              if (failure == null) {
                return CompletableFuture.completedStage(done);
              }
              if (Stored.isWrongType(failure)) {
                Stored.logBroken(id, "node");
                return forget(other, id);
              }
              return CompletableFuture.<Boolean>failedStage(failure);
            })
        .thenCompose(next -> next);
  }

  private CompletionStage<Void> adopt(String other, Set<String> ids) {
    if (stopped) {
      return CompletableFuture.completedStage(null);
    }
    if (ids.isEmpty()) {
      return Script.LEAVE
          .run(
              link.scripts(),
              new String[] {keys.nodes()},
              other,
              keys.node(other),
              keys.owned(other))
          .thenApply(done -> null);
    }
    // Each node begins at a different place, so that the nodes share the work.
    List<String> shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled);
    List<String> next = shuffled.subList(0, Math.min(TAKEN_AT_ONCE, shuffled.size()));
    return Answers.all(next, id -> takeOrPassOver(other, id))
        .thenCompose(
            settled ->
                settled.containsValue(true)
                    ? adoptNext(other)
                    // Each renewal of the lease looks again.
                    : CompletableFuture.completedStage(null));
  }

  /** Returns false if the conversation stays with the other node, which may still begin it. */
  private CompletionStage<Boolean> take(String other, String id) {
    // Entered first, so that the others find the conversation if this node dies.
    return redis()
        .sadd(keys.owned(me), id)
        .thenCompose(
            entered ->
                Script.TAKE.run(
                    link.scripts(),
                    keys.ofConversation(id),
                    other,
                    me,
                    Long.toString(settings.keep().toMillis()),
                    Long.toString(settings.lease().toMillis()),
                    keys.owned(other),
                    id))
        .thenCompose(
            answer -> {
              String owner = answer.get(0);
              if (answer.size() > 1) {
                goOn(Taken.of(id, answer));
                return forget(other, id);
              }
              if (!owner.equals(me)) {
                CompletionStage<Boolean> unused = forget(me, id);
              }
              return CompletableFuture.completedStage(!owner.equals(other));
            });
  }

  private void goOn(Taken taken) {
    if (!journal.writes(taken.id, taken.epoch) && goingOn.add(taken.id)) {
      attempt(taken, TRY_AGAIN);
    }
  }

  private void attempt(Taken taken, Duration wait) {
    CompletionStage<Void> unused =
        journal
            .readAgain(taken.id)
            .thenAcceptAsync(
                reader -> reader.ifPresentOrElse(found -> goOn(taken, found), () -> lost(taken)),
                restoring)
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    goingOn.remove(taken.id);
                  } else if (failure.getCause() instanceof StaleEpochException) {
                    log.info("Conversation {}: a third node was faster", taken.id);
                    goingOn.remove(taken.id);
                  } else {
                    tryAgain(taken, wait, failure);
                  }
                });
  }

  private void tryAgain(Taken taken, Duration wait, Throwable failure) {
    log.warn("Conversation {}: not taken over yet: {}", taken.id, failure.toString());
    Duration next = wait.compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : wait;
    link.later(wait, () -> attempt(taken, next));
  }

  private void goOn(Taken taken, JournalReader reader) {
    if (!stopped) {
      node.takeOver(taken.with(reader, settings.limits()));
    }
  }

  /** Called if nobody has ever seen the conversation, or Redis has lost it. */
  private void lost(Taken taken) {
    log.error("Conversation {}: Redis has no data to continue it", taken.id);
    CompletionStage<Boolean> unused = forget(me, taken.id);
    journal.remove(taken.id);
  }

  private CompletionStage<Boolean> forget(String owner, String id) {
    return redis().srem(keys.owned(owner), id).thenApply(done -> true);
  }

  /**
   * A conversation that this node has taken and does not run yet.
   *
   * @param definition empty for none
   * @param state empty for none
   * @param info its entry in the directory; empty for none
   */
  private record Taken(String id, long epoch, String definition, String state, String info) {

    static Taken of(String id, List<String> answer) {
      return new Taken(
          id, Long.parseLong(answer.get(1)), answer.get(2), answer.get(3), answer.get(4));
    }

    Handover with(JournalReader reader, Limits limits) {
      User owner =
          info.isEmpty() ? null : InfoText.read(id, info).map(ConversationInfo::owner).orElse(null);
      SavedConversation saved = state.isEmpty() ? null : SavedText.read(definition, state, limits);
      return new Handover(id, epoch, owner, reader, saved);
    }
  }
}

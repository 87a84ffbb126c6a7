package io.agentstream.redis;

import io.agentstream.delivery.JournalReader;
import io.agentstream.delivery.Node;
import io.agentstream.delivery.SavedConversation;
import io.agentstream.delivery.StaleEpochException;
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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on at this node with what another has left, each conversation under its next epoch. */
final class Takeover {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);
  private static final int TAKEN_AT_ONCE = 32;
  private static final Duration TRY_AGAIN = Duration.ofMillis(250);
  private static final int IDLE_SECONDS = 5;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final RedisLink link;
  private final Keys keys;
  private final String me;
  private final RedisSettings settings;
  private final RedisJournal journal;
  private final Node node;

  /** The connection's own thread must stay free: the lease is renewed on it. */
  private final Executor restoring = restoring();

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

  private static Executor restoring() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "agentstream-takeover");
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** Takes nothing more. */
  void stop() {
    stopped = true;
  }

  private RedisAsyncCommands<String, String> redis() {
    return link.queries();
  }

  /** Takes what another node has left, as far as no third one has. */
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

  /** What is no conversation at all leads to no other node's trying again for ever. */
  private CompletionStage<Void> takeOrPassOver(String other, String id) {
    return take(other, id)
        .handle(
            (done, failure) -> {
              if (failure == null) {
                return CompletableFuture.<Void>completedStage(null);
              }
              if (Stored.isWrongType(failure)) {
                Stored.logBroken(id, "node");
                return forget(other, id);
              }
              return CompletableFuture.<Void>failedStage(failure);
            })
        .thenCompose(next -> next);
  }

  private CompletionStage<Void> adopt(String other, Set<String> ids) {
    if (stopped) {
      return CompletableFuture.completedStage(null);
    }
    if (ids.isEmpty()) {
      return redis().srem(keys.nodes(), other).thenApply(done -> null);
    }
    // Each node begins elsewhere, so that they share what there is.
    List<String> shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled);
    CompletableFuture<?>[] taken =
        shuffled.stream()
            .limit(TAKEN_AT_ONCE)
            .map(id -> takeOrPassOver(other, id).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(taken).thenCompose(done -> adoptNext(other));
  }

  /** Done when it is no longer among what the other node has left. */
  private CompletionStage<Void> take(String other, String id) {
    // Entered first: whatever this node takes, the others must find if it dies.
    return redis()
        .sadd(keys.owned(me), id)
        .thenCompose(
            entered ->
                Script.TAKE.run(
                    link.scripts(),
                    keys.ofConversation(id),
                    other,
                    me,
                    Long.toString(settings.keep().toMillis())))
        .thenCompose(
            answer -> {
              if (answer.size() > 1) {
                goOn(Taken.of(id, answer));
              } else if (!answer.get(0).equals(me)) {
                CompletionStage<Void> unused = forget(me, id);
              }
              return forget(other, id);
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
      node.takeOver(taken.id, taken.epoch, reader, taken.saved(settings.limits()));
    }
  }

  /** Nobody was ever shown any of it, or Redis has lost it. */
  private void lost(Taken taken) {
    log.error("Conversation {}: Redis has nothing of it to go on with", taken.id);
    CompletionStage<Void> unused = forget(me, taken.id);
    journal.remove(taken.id);
  }

  private CompletionStage<Void> forget(String owner, String id) {
    return redis().srem(keys.owned(owner), id).thenApply(done -> null);
  }

  /**
   * What this node has taken and does not run yet.
   *
   * @param definition empty for none
   * @param state empty for none
   */
  private record Taken(String id, long epoch, String definition, String state) {

    static Taken of(String id, List<String> answer) {
      return new Taken(id, Long.parseLong(answer.get(1)), answer.get(2), answer.get(3));
    }

    @Nullable SavedConversation saved(Limits limits) {
      return state.isEmpty() ? null : SavedText.read(definition, state, limits);
    }
  }
}

package io.agentstream.redis;

import io.agentstream.delivery.JournalReader;
import io.agentstream.delivery.Node;
import io.agentstream.delivery.SavedConversation;
import io.agentstream.delivery.StaleEpochException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on at this node with what another has left, each conversation under its next epoch. */
final class Takeover {

  private static final Logger log = LoggerFactory.getLogger(RedisBackplane.class);
  private static final int TAKEN_AT_ONCE = 32;

  private final RedisLink link;
  private final Keys keys;
  private final String me;
  private final RedisSettings settings;
  private final RedisJournal journal;
  private final Node node;
  private final Set<String> adopting = ConcurrentHashMap.newKeySet();
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
                      log.warn("What node {} has left could not be taken yet", other, failure);
                    }
                  });
    }
  }

  private CompletionStage<Void> adoptNext(String other) {
    return redis().smembers(keys.owned(other)).thenCompose(ids -> adopt(other, ids));
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
            .map(id -> take(other, id).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(taken).thenCompose(done -> adoptNext(other));
  }

  /** Done when it is no longer among what the other node has left. */
  private CompletionStage<Void> take(String other, String id) {
    CompletionStage<Long> unused = redis().sadd(keys.owned(me), id);
    return Script.TAKE
        .run(
            link.scripts(),
            keys.ofConversation(id),
            other,
            me,
            Long.toString(settings.keep().toMillis()))
        .thenCompose(
            taken -> {
              String owner = taken.get(0);
              if (taken.size() > 1) {
                goOn(id, Long.parseLong(taken.get(1)), taken.get(2), taken.get(3));
              } else if (!owner.equals(me)) {
                CompletionStage<Void> unusedToo = forget(me, id);
              }
              return forget(other, id);
            });
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
    if (!stopped) {
      SavedConversation saved =
          state.isEmpty() ? null : SavedText.read(definition, state, settings.limits());
      node.takeOver(id, epoch, reader, saved);
    }
  }

  private CompletionStage<Void> forget(String owner, String id) {
    return redis().srem(keys.owned(owner), id).thenApply(done -> null);
  }

  private static @Nullable Void failed(String id, Throwable failure) {
    if (failure.getCause() instanceof StaleEpochException) {
      log.info("Conversation {}: a third node was faster", id);
      return null;
    }
    log.error("Conversation {}: it could not be taken over", id, failure);
    return null;
  }
}

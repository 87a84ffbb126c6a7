package io.agentstream.redis;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Removes conversations from Redis. Retries until Redis has removed each, because a conversation
 * that stays there would count as running. Safe from any thread.
 */
final class Removals {

  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final RedisLink link;
  private final Keys keys;
  private final String node;
  private final Set<String> removing = ConcurrentHashMap.newKeySet();

  Removals(RedisLink link, Keys keys, String node) {
    this.link = link;
    this.keys = keys;
    this.node = node;
  }

  void add(String id) {
    removing.add(id);
    remove(id);
  }

  /** Removes it no more, because it comes back. */
  void cancel(String id) {
    removing.remove(id);
  }

  /** Retries at once, because Redis is back. */
  void tryAgain() {
    removing.forEach(this::remove);
  }

  private void remove(String id) {
    CompletionStage<?> unused =
        Script.REMOVE
            .run(link.scripts(), keys.ofConversation(id), node)
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    removing.remove(id);
                  } else {
                    link.later(TRY_AGAIN, () -> removeAgain(id));
                  }
                });
  }

  private void removeAgain(String id) {
    if (removing.contains(id)) {
      remove(id);
    }
  }
}

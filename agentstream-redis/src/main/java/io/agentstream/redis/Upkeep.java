package io.agentstream.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * Regular upkeep: makes Redis keep running conversations, and removes finished ones from both
 * sides. Used by one thread at a time.
 */
final class Upkeep {

  /** How often upkeep runs within the time for which Redis keeps conversations. */
  private static final int TIMES_KEPT = 4;

  private final RedisLink link;
  private final Keys keys;
  private final String me;
  private final Duration keep;
  private final RedisJournal journal;
  private final RedisDirectory directory;
  private final long everySoMany;
  private long calls;

  /**
   * @param interval the time between two calls of {@link #run}
   */
  Upkeep(
      ThisNode node,
      Duration keep,
      Duration interval,
      RedisJournal journal,
      RedisDirectory directory) {
    this.link = node.link();
    this.keys = node.keys();
    this.me = node.id();
    this.keep = keep;
    this.journal = journal;
    this.directory = directory;
    this.everySoMany = Math.max(1, keep.dividedBy(TIMES_KEPT).dividedBy(interval));
  }

  void run() {
    if (calls++ % everySoMany == 0) {
      keepLonger(journal.owned().stream().map(conversation -> conversation.id).toList());
    }
    journal.tidy();
  }

  private void keepLonger(Collection<String> running) {
    for (String id : running) {
      for (String key : keys.ofConversation(id)) {
        CompletionStage<Boolean> unused = link.queries().pexpire(key, keep.toMillis());
      }
    }
    if (!running.isEmpty()) {
      // Some may be missing if Redis has lost data.
      CompletionStage<Long> unused =
          link.queries().sadd(keys.owned(me), running.toArray(String[]::new));
    }
    directory.tidy(running);
  }
}

package io.agentstream.redis;

import io.agentstream.identity.ConversationInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Searches one set of the directory step by step, newest entries first, until it has found enough.
 * Removes conversations that are no longer kept.
 */
final class DirectorySearch {

  private static final int STEP = 200;

  /** The maximum number of entries that a search reads. */
  private static final int LAST = 10_000;

  private final RedisLink link;
  private final Function<String, CompletionStage<Optional<String>>> text;
  private final String set;
  private final Predicate<ConversationInfo> which;
  private final int most;
  private final List<ConversationInfo> found = new ArrayList<>();
  private int lookedAt;

  DirectorySearch(
      RedisLink link,
      Function<String, CompletionStage<Optional<String>>> text,
      String set,
      Predicate<ConversationInfo> which,
      int most) {
    this.link = link;
    this.text = text;
    this.set = set;
    this.which = which;
    this.most = most;
  }

  CompletionStage<List<ConversationInfo>> run() {
    return from(0);
  }

  private CompletionStage<List<ConversationInfo>> from(long rank) {
    // The predicate is a user's code, which may block.
    return link.handOut(
            link.queries()
                .zrevrange(set, rank, rank + STEP - 1)
                .thenCompose(ids -> Answers.all(ids, text)))
        .thenCompose(answers -> lookAt(rank, answers));
  }

  private CompletionStage<List<ConversationInfo>> lookAt(
      long rank, Map<String, Optional<String>> answers) {
    long kept = answers.values().stream().filter(Optional::isPresent).count();
    answers.forEach(
        (id, answer) -> answer.ifPresentOrElse(found -> take(id, found), () -> strike(id)));
    lookedAt += answers.size();
    boolean over = answers.size() < STEP || found.size() >= most || lookedAt >= LAST;
    return over ? CompletableFuture.completedStage(found) : from(rank + kept);
  }

  /** A broken entry stays in the set, because a later version may be able to read it. */
  private void take(String id, String answer) {
    if (found.size() < most) {
      InfoText.read(id, answer).filter(which).ifPresent(found::add);
    }
  }

  private void strike(String id) {
    CompletionStage<Long> unused = link.queries().zrem(set, id);
  }
}

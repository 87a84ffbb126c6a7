package io.agentstream.sharing;

import io.agentstream.internal.UserCode;
import io.agentstream.time.ChatClock;
import io.agentstream.wire.KeptShare;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records who came by links. A thousand viewers who come at once are a few writes: while one is
 * under way, and for a second after it, the next ones are collected.
 */
final class Visits {

  private static final Logger log = LoggerFactory.getLogger(Visits.class);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ShareDocuments documents;
  private final ChatClock clock;

  // Guarded by this. A conversation has an entry while a write or the pause after it is under way.
  private final Map<String, List<Visit>> collected = new HashMap<>();

  private record Visit(String shareId, KeptShare.Visitor visitor) {}

  Visits(ShareDocuments documents, ChatClock clock) {
    this.documents = documents;
    this.clock = clock;
  }

  void add(String conversationId, String shareId, KeptShare.Visitor visitor) {
    Visit visit = new Visit(shareId, visitor);
    synchronized (this) {
      List<Visit> waiting = collected.get(conversationId);
      if (waiting != null) {
        waiting.add(visit);
        return;
      }
      collected.put(conversationId, new ArrayList<>());
    }
    write(conversationId, List.of(visit));
  }

  private void write(String conversationId, List<Visit> visits) {
    CompletionStage<Void> unused =
        documents
            .change(conversationId, shares -> visited(shares, visits))
            .handle(
                (done, failure) -> {
                  if (failure != null) {
                    UserCode.caught(failure);
                    log.warn("Visits by a link could not be recorded: {}", failure.toString());
                  }
                  clock.schedule(PAUSE, () -> next(conversationId));
                  return null;
                });
  }

  private void next(String conversationId) {
    List<Visit> waiting;
    synchronized (this) {
      waiting = collected.remove(conversationId);
      if (waiting == null || waiting.isEmpty()) {
        return;
      }
      collected.put(conversationId, new ArrayList<>());
    }
    write(conversationId, waiting);
  }

  /** Returns empty if none of the links is there any more, or their conversation is gone. */
  private static Optional<List<KeptShare>> visited(List<KeptShare> shares, List<Visit> visits) {
    List<KeptShare> all = new ArrayList<>(shares);
    for (Visit visit : visits) {
      all.replaceAll(
          share -> share.id().equals(visit.shareId) ? share.visited(visit.visitor) : share);
    }
    return all.equals(shares) ? Optional.empty() : Optional.of(all);
  }
}

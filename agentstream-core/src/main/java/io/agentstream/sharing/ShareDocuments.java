package io.agentstream.sharing;

import io.agentstream.backplane.KeptDefinitions.Kept;
import io.agentstream.backplane.KeptShares;
import io.agentstream.journal.UnavailableException;
import io.agentstream.wire.KeptShare;
import io.agentstream.wire.internal.ShareJson;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and changes the links of conversations, also if several nodes change them at once. */
record ShareDocuments(KeptShares kept) {

  private static final Logger log = LoggerFactory.getLogger(ShareDocuments.class);

  /** How often a change is made again because another one came in between. */
  private static final int ATTEMPTS = 8;

  /** A change of one conversation's links. */
  interface Change {
    /** Returns the links to keep; empty to leave them as they are. */
    Optional<List<KeptShare>> of(List<KeptShare> shares);
  }

  CompletionStage<List<KeptShare>> of(String conversationId) {
    return kept.of(conversationId).thenApply(ShareDocuments::read);
  }

  /** Returns true if anything has changed. */
  CompletionStage<Boolean> change(String conversationId, Change change) {
    return attempt(conversationId, change, ATTEMPTS);
  }

  private CompletionStage<Boolean> attempt(String id, Change change, int attempts) {
    if (attempts == 0) {
      return CompletableFuture.failedStage(
          new UnavailableException("Other changes of the links came in between"));
    }
    return kept.of(id)
        .thenCompose(
            known -> {
              Optional<List<KeptShare>> changed = change.of(read(known));
              if (changed.isEmpty()) {
                return CompletableFuture.completedStage(false);
              }
              long version = known.map(Kept::version).orElse(0L);
              return kept.keep(id, version, ShareJson.write(changed.get()))
                  .thenCompose(
                      done ->
                          done
                              ? CompletableFuture.completedStage(true)
                              : attempt(id, change, attempts - 1));
            });
  }

  private static List<KeptShare> read(Optional<Kept> known) {
    if (known.isEmpty()) {
      return List.of();
    }
    try {
      return ShareJson.read(known.get().document());
    } catch (IllegalArgumentException e) {
      // Others may write to Redis too. Nobody gets a right by what cannot be read.
      log.error("The links of a conversation cannot be read by this version: they are ignored");
      return List.of();
    }
  }
}

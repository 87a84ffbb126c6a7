package io.agentstream.chat;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request that no further turn begins, and the futures that wait for the last one to end. Used in
 * the conversation's serial order only.
 */
final class Drain {

  private @Nullable CompletableFuture<Void> drained;

  boolean isWanted() {
    return drained != null;
  }

  /** Requests it; {@code done} completes when nobody speaks any more. */
  void want(CompletableFuture<Void> done) {
    if (drained == null) {
      drained = done;
    } else {
      CompletableFuture<Void> unused = drained.thenAccept(done::complete);
    }
  }

  /** Completes the futures, because nobody speaks. */
  void reached() {
    if (drained != null) {
      drained.complete(null);
    }
  }
}

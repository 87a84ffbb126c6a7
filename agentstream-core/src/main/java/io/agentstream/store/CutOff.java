package io.agentstream.store;

import io.agentstream.chat.SteeringOutcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes the conversations that an earlier process has left unfinished, some at a time. */
final class CutOff {

  private static final Logger log = LoggerFactory.getLogger(CutOff.class);
  private static final int IDS_AT_ONCE = 100;

  private final StoreService service;
  private final Function<String, CompletionStage<SteeringOutcome>> wake;

  /**
   * @param wake wakes one of them
   */
  CutOff(StoreService service, Function<String, CompletionStage<SteeringOutcome>> wake) {
    this.service = service;
    this.wake = wake;
  }

  void wakeAll() {
    wakeAfter(null);
  }

  private void wakeAfter(@Nullable String last) {
    CompletionStage<Void> unused =
        service
            .reads
            .read(() -> service.store.unfinished(last, IDS_AT_ONCE))
            .thenAccept(this::wakeAll)
            .exceptionally(
                failure -> {
                  log.error("The store did not say which conversations were cut off", failure);
                  return null;
                });
  }

  private void wakeAll(List<String> ids) {
    CompletableFuture<?>[] woken =
        ids.stream()
            .map(id -> wake.apply(id).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    if (ids.size() == IDS_AT_ONCE) {
      CompletableFuture<Void> unused =
          CompletableFuture.allOf(woken)
              .whenComplete((done, failure) -> wakeAfter(ids.get(ids.size() - 1)));
    }
  }
}

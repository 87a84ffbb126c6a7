package io.agentstream.store;

import io.agentstream.backplane.KeptDefinitions.Kept;
import io.agentstream.backplane.KeptShares;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Keeps the links of conversations in the store. */
record StoreShares(StoreService service) implements KeptShares {

  @Override
  public CompletionStage<Optional<Kept>> of(String conversationId) {
    return service.reads.read(() -> service.store.shares(conversationId));
  }

  @Override
  public CompletionStage<Boolean> keep(String conversationId, long earlier, String document) {
    return service.writer.submitNow(
        () -> service.store.keepShares(conversationId, earlier, document));
  }
}

package io.agentstream.store;

import io.agentstream.backplane.KeptDefinitions;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Keeps the agents and teams of users in the store. */
record StoreDefinitions(Store store, StoreWriter writer, StoreReads reads)
    implements KeptDefinitions {

  @Override
  public CompletionStage<Optional<Kept>> of(String userId) {
    return reads.read(() -> store.definitions(userId));
  }

  @Override
  public CompletionStage<Boolean> keep(String userId, long earlier, String document) {
    return writer.submitNow(() -> store.keepDefinitions(userId, earlier, document));
  }
}

package io.agentstream.store;

import io.agentstream.backplane.KeptDefinitions;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Keeps the agents and teams of users in the store. */
record StoreDefinitions(StoreService service) implements KeptDefinitions {

  @Override
  public CompletionStage<Optional<Kept>> of(String userId) {
    return service.reads.read(() -> service.store.definitions(userId));
  }

  @Override
  public CompletionStage<Boolean> keep(String userId, long earlier, String document) {
    return service.writer.submitNow(() -> service.store.keepDefinitions(userId, earlier, document));
  }
}

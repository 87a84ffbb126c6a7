package io.agentstream.backplane;

import io.agentstream.backplane.KeptDefinitions.Kept;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps the links of a service of one node in this process. Safe from any thread. */
public final class InMemoryShares implements KeptShares {

  // Guarded by this.
  private final Map<String, Kept> documents = new HashMap<>();

  /** Creates one without any links. */
  public InMemoryShares() {}

  @Override
  public synchronized CompletionStage<Optional<Kept>> of(String conversationId) {
    return CompletableFuture.completedStage(Optional.ofNullable(documents.get(conversationId)));
  }

  @Override
  public synchronized CompletionStage<Boolean> keep(
      String conversationId, long earlier, String document) {
    Kept known = documents.get(conversationId);
    boolean current = (known == null ? 0 : known.version()) == earlier;
    if (current) {
      documents.put(conversationId, new Kept(earlier + 1, document));
    }
    return CompletableFuture.completedStage(current);
  }

  @Override
  public synchronized CompletionStage<Void> remove(String conversationId) {
    documents.remove(conversationId);
    return CompletableFuture.completedStage(null);
  }
}

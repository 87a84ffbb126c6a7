package io.agentstream.backplane;

import io.agentstream.journal.UnavailableException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the agents and teams that users make, one document for each user. Implementations are
 * thread-safe, and no method blocks. The stages fail with {@link UnavailableException} if the
 * documents cannot be reached.
 */
public interface KeptDefinitions {

  /** Returns the document of a user; empty if nothing is kept. */
  CompletionStage<Optional<Kept>> of(String userId);

  /**
   * Keeps a document in place of an earlier one.
   *
   * @param earlier the version of the document that it replaces; 0 for none
   * @return false, and nothing is kept, if the document has another version by now
   */
  CompletionStage<Boolean> keep(String userId, long earlier, String document);

  /**
   * A document as it is kept.
   *
   * @param version from 1, and one more with each change
   */
  record Kept(long version, String document) {}
}

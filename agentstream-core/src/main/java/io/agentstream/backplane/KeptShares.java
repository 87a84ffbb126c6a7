package io.agentstream.backplane;

import io.agentstream.backplane.KeptDefinitions.Kept;
import io.agentstream.journal.UnavailableException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the links by which conversations are shared, one document for each conversation. The
 * document goes with the conversation. Implementations are thread-safe, and no method blocks. The
 * stages fail with {@link UnavailableException} if the documents cannot be reached.
 */
public interface KeptShares {

  /** Returns the document of a conversation; empty if nothing is kept. */
  CompletionStage<Optional<Kept>> of(String conversationId);

  /**
   * Keeps a document in place of an earlier one.
   *
   * @param earlier the version of the document that it replaces; 0 for none
   * @return false, and nothing is kept, if the document has another version by now, or if there is
   *     no such conversation
   */
  CompletionStage<Boolean> keep(String conversationId, long earlier, String document);

  /**
   * Removes the document of a conversation that is gone. Does nothing by default, because the
   * document has gone with the conversation.
   */
  default CompletionStage<Void> remove(String conversationId) {
    return CompletableFuture.completedStage(null);
  }
}

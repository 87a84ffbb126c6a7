package io.agentstream.backplane;

import io.agentstream.journal.UnavailableException;
import java.util.concurrent.CompletionStage;

/**
 * Says which node runs a conversation. With one node that is always this one, under epoch 1;
 * several nodes need an implementation that hands out growing epochs, so that a node which lost a
 * conversation without noticing can no longer write to its journal. Safe from any thread; no method
 * blocks.
 */
public interface Ownership {

  /**
   * Begins to hand this node what other nodes leave behind. Called once, before all else.
   *
   * @param node told what becomes this node's and what is no longer
   */
  default void start(Node node) {}

  /**
   * Makes this node the one that runs a new conversation.
   *
   * @return the epoch to write under, larger than any before; fails with {@link
   *     UnavailableException} if that cannot be found out now
   */
  CompletionStage<Long> claim(String conversationId);

  /** Gives the conversation up, since it is no longer kept. */
  void release(String conversationId);

  /**
   * Takes part no more: other nodes may go on with what this one runs.
   *
   * @return whether other nodes can; where not, what runs here ends here
   */
  default boolean leave() {
    return false;
  }
}

package io.agentstream.delivery;

import java.util.concurrent.CompletionStage;

/**
 * Says which node runs a conversation. With one node that is always this one, under epoch 1;
 * several nodes need an implementation that hands out growing epochs, so that a node which lost a
 * conversation without noticing can no longer write to its journal.
 */
public interface Ownership {

  /**
   * Makes this node the one that runs a conversation.
   *
   * @return the epoch to write under, larger than any before
   */
  CompletionStage<Long> claim(String conversationId);

  /** Gives the conversation up, since it is no longer kept. */
  void release(String conversationId);
}

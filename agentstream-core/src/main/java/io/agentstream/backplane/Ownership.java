package io.agentstream.backplane;

import io.agentstream.journal.UnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides which node runs a conversation. A single node always runs it itself, under epoch 1.
 * Several nodes need an implementation with increasing epochs, so that a node which lost a
 * conversation without noticing can no longer write to its journal. Thread-safe; no method blocks.
 */
public interface Ownership {

  /**
   * Begins to pass other nodes' abandoned conversations to this node. Called once, before all other
   * methods.
   *
   * @param node receives the conversations that this node gains or loses
   */
  default void start(Node node) {}

  /**
   * Makes this node the one that runs a new conversation.
   *
   * @return the epoch to write under, larger than any earlier one; fails with {@link
   *     UnavailableException} if it cannot be determined now
   */
  CompletionStage<Long> claim(String conversationId);

  /**
   * Makes this node the one that runs a conversation that the nodes have forgotten, and that comes
   * back from a store.
   *
   * @param epoch the epoch to write under, larger than any that the store knows
   * @return false if the nodes know it, this one included; fails with {@link UnavailableException}
   *     if that cannot be determined now, and with {@link UnsupportedOperationException}, the
   *     default, if this service brings nothing back
   */
  default CompletionStage<Boolean> bringBack(String conversationId, long epoch) {
    return CompletableFuture.failedStage(new UnsupportedOperationException("nothing comes back"));
  }

  /** Releases a conversation that is no longer kept. */
  void release(String conversationId);

  /**
   * Leaves the service: other nodes may take over this node's conversations.
   *
   * @return true if other nodes can take over this node's conversations; false if they end with
   *     this node
   */
  default boolean leave() {
    return false;
  }
}

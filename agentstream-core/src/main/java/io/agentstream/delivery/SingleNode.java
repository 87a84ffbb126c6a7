package io.agentstream.delivery;

import io.agentstream.chat.SteeringOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Shares nothing: all conversations are this node's. */
record SingleNode(Journal journal) implements Backplane, Ownership {

  @Override
  public Ownership ownership() {
    return this;
  }

  @Override
  public CommandRouter router() {
    return command -> CompletableFuture.completedStage(SteeringOutcome.NOT_FOUND);
  }

  @Override
  public CompletionStage<Long> claim(String conversationId) {
    return CompletableFuture.completedStage(1L);
  }

  @Override
  public void release(String conversationId) {}
}

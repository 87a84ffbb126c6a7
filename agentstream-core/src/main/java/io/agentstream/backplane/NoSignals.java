package io.agentstream.backplane;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** See {@link Signals#none}. */
enum NoSignals implements Signals {
  INSTANCE;

  @Override
  public void start(BiConsumer<String, String> receiver) {}

  @Override
  public CompletionStage<Void> follow(String conversationId) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void unfollow(String conversationId) {}

  @Override
  public void send(String conversationId, String text) {}
}

package io.agentstream.backplane;

import java.util.function.BiConsumer;

/** See {@link Signals#none}. */
enum NoSignals implements Signals {
  INSTANCE;

  @Override
  public void start(BiConsumer<String, String> receiver) {}

  @Override
  public void follow(String conversationId) {}

  @Override
  public void unfollow(String conversationId) {}

  @Override
  public void send(String conversationId, String text) {}
}

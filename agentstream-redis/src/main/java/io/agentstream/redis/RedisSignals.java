package io.agentstream.redis;

import io.agentstream.backplane.Signals;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/**
 * Passes signals through a channel for each conversation, with the sender's name before each text.
 */
final class RedisSignals implements Signals {

  private final RedisLink link;
  private final Keys keys;
  private final String node;

  RedisSignals(RedisLink link, Keys keys, String node) {
    this.link = link;
    this.keys = keys;
    this.node = node;
  }

  @Override
  public void start(BiConsumer<String, String> receiver) {
    link.onMessage(
        (channel, message) -> {
          String id = keys.signalled(channel);
          int space = message.indexOf(' ');
          if (id != null && space > 0 && !message.substring(0, space).equals(node)) {
            String text = message.substring(space + 1);
            link.execute(() -> receiver.accept(id, text));
          }
        });
  }

  @Override
  public CompletionStage<Void> follow(String conversationId) {
    return link.handOut(link.subscribe(keys.signals(conversationId)));
  }

  @Override
  public void unfollow(String conversationId) {
    CompletionStage<Void> unused = link.unsubscribe(keys.signals(conversationId));
  }

  @Override
  public void send(String conversationId, String text) {
    CompletionStage<Long> unused =
        link.queries().publish(keys.signals(conversationId), node + " " + text);
  }
}

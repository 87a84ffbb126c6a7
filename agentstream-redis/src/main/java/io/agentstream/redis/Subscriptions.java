package io.agentstream.redis;

import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Which conversations this node knows of, and of which of them it hears through Redis. Both change
 * in one step, so that letting go of a conversation does not take back the subscription of a later
 * reader. Its lock is taken after a conversation's own. Safe from any thread; no method blocks.
 */
final class Subscriptions {

  private final RedisLink link;
  private final Keys keys;
  private final ConcurrentMap<String, SharedConversation> conversations;

  Subscriptions(
      RedisLink link, Keys keys, ConcurrentMap<String, SharedConversation> conversations) {
    this.link = link;
    this.keys = keys;
    this.conversations = conversations;
  }

  @Nullable SharedConversation find(String id) {
    return conversations.get(id);
  }

  Collection<SharedConversation> all() {
    return conversations.values();
  }

  /** Takes a conversation in; false if another object stands for it by now. */
  synchronized boolean enter(SharedConversation conversation) {
    SharedConversation other = conversations.putIfAbsent(conversation.id, conversation);
    return other == null || other.equals(conversation);
  }

  /** Hears of a conversation; may be called again after a connection was cut. */
  CompletionStage<Void> subscribe(SharedConversation conversation) {
    return link.subscribe(keys.conversation(conversation.id));
  }

  /** Keeps a conversation and hears of it no more: what is heard comes from here. */
  synchronized void own(SharedConversation conversation) {
    conversations.put(conversation.id, conversation);
    unsubscribe(conversation);
  }

  /** Lets go of a conversation, unless another object stands for it by now. */
  synchronized void leave(SharedConversation conversation) {
    if (conversations.remove(conversation.id, conversation)) {
      unsubscribe(conversation);
    }
  }

  private void unsubscribe(SharedConversation conversation) {
    CompletionStage<Void> unused = link.unsubscribe(keys.conversation(conversation.id));
  }
}

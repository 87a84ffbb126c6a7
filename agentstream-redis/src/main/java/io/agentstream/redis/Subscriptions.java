package io.agentstream.redis;

import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the conversations that this node knows, and those to which it subscribes in Redis. Both
 * change in one step, so that releasing a conversation does not cancel the subscription of a later
 * reader. Its lock is taken after a conversation's lock. Thread-safe; no method blocks.
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

  /** Adds a conversation; returns false if another object already represents it. */
  synchronized boolean enter(SharedConversation conversation) {
    SharedConversation other = conversations.putIfAbsent(conversation.id, conversation);
    return other == null || other.equals(conversation);
  }

  /** Subscribes to a conversation; may be called again after a connection was lost. */
  CompletionStage<Void> subscribe(SharedConversation conversation) {
    return link.subscribe(keys.conversation(conversation.id));
  }

  /**
   * Keeps a conversation but unsubscribes from it, because this node itself announces its events.
   */
  synchronized void own(SharedConversation conversation) {
    conversations.put(conversation.id, conversation);
    unsubscribe(conversation);
  }

  /** Releases a conversation, unless another object already represents it. */
  synchronized void leave(SharedConversation conversation) {
    if (conversations.remove(conversation.id, conversation)) {
      unsubscribe(conversation);
    }
  }

  private void unsubscribe(SharedConversation conversation) {
    CompletionStage<Void> unused = link.unsubscribe(keys.conversation(conversation.id));
  }
}

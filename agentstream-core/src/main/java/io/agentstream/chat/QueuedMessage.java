package io.agentstream.chat;

import io.agentstream.event.Author;
import io.agentstream.event.Delivery;
import io.agentstream.event.MessageQueued;
import org.jspecify.annotations.Nullable;

/**
 * A person's message.
 *
 * @param queueId its id while it waits; empty if it does not wait
 * @param author who said it; null if nobody is known
 * @param content the text
 * @param when the moment for which it waits
 */
record QueuedMessage(String queueId, @Nullable Author author, String content, Delivery when) {

  QueuedMessage with(String other) {
    return new QueuedMessage(queueId, author, other, when);
  }

  MessageQueued event() {
    return new MessageQueued(queueId, author, content, when);
  }
}

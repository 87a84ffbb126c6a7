package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * The withdrawal of a message that waited. The message is never delivered.
 *
 * @param queueId as in {@link MessageQueued}
 * @param author the person who withdrew it; null if nobody is known
 */
public record MessageWithdrawn(String queueId, @Nullable Author author) implements ChatEvent {

  @Override
  public String type() {
    return "message_withdrawn";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onMessageWithdrawn(this);
  }
}

package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * A person's message that waits until the current speaker has finished. It ends with a {@link
 * NewMessage} of the same queue id, or with a {@link MessageWithdrawn}.
 *
 * @param queueId the message's id while it waits
 * @param author the person who said it; null if nobody is known
 * @param content the text
 * @param when the moment for which it waits
 */
public record MessageQueued(String queueId, @Nullable Author author, String content, Delivery when)
    implements ChatEvent {

  @Override
  public String type() {
    return "message_queued";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onMessageQueued(this);
  }
}

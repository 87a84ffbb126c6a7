package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * A run is over; nothing follows until the next {@link ConversationStarted}.
 *
 * @param reason why it is over
 * @param detail what the reason alone does not say, for people; null where there is nothing to add
 * @param usage what the models counted over the whole conversation
 */
public record ConversationEnded(EndReason reason, @Nullable String detail, ConversationUsage usage)
    implements ChatEvent {

  @Override
  public String type() {
    return "conversation_ended";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onConversationEnded(this);
  }
}

package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * The end of a run. No event follows until the next {@link ConversationStarted}.
 *
 * @param reason the reason for the end
 * @param detail more about the reason, for people; null if there is nothing to add
 * @param usage the tokens used by the whole conversation
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

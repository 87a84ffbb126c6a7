package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * The end of a run. No event follows until the next {@link ConversationStarted}.
 *
 * @param reason the reason for the end
 * @param detail more about the reason, for people; null if there is nothing to add
 * @param usage the tokens used by the whole conversation
 * @param author the person who stopped it; null if nobody did, or nobody is known
 */
public record ConversationEnded(
    EndReason reason, @Nullable String detail, ConversationUsage usage, @Nullable Author author)
    implements ChatEvent {

  /** Creates an end that no person caused. */
  public ConversationEnded(EndReason reason, @Nullable String detail, ConversationUsage usage) {
    this(reason, detail, usage, null);
  }

  @Override
  public String type() {
    return "conversation_ended";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onConversationEnded(this);
  }
}

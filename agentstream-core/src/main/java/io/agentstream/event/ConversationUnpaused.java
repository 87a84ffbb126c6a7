package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * The end of a pause.
 *
 * @param author the person who ended it; null if nobody is known
 */
public record ConversationUnpaused(@Nullable Author author) implements ChatEvent {

  /** Creates an event without a known person. */
  public ConversationUnpaused() {
    this(null);
  }

  @Override
  public String type() {
    return "conversation_unpaused";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onConversationUnpaused(this);
  }
}

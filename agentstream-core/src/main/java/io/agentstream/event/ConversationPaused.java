package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * The start of a pause. No turn begins until the pause is over.
 *
 * @param author the person who paused the conversation; null if nobody is known
 */
public record ConversationPaused(@Nullable Author author) implements ChatEvent {

  /** Creates an event without a known person. */
  public ConversationPaused() {
    this(null);
  }

  @Override
  public String type() {
    return "conversation_paused";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onConversationPaused(this);
  }
}

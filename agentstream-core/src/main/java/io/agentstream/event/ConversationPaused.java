package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * The start of a pause. No turn begins until the pause is over.
 *
 * @param author the person who paused the conversation; null if nobody is known
 * @param reason the reason why the server paused it; null if a person did
 */
public record ConversationPaused(@Nullable Author author, @Nullable PauseReason reason)
    implements ChatEvent {

  /** Creates an event without a known person. */
  public ConversationPaused() {
    this(null);
  }

  /** Creates the event of a pause that a person requested. */
  public ConversationPaused(@Nullable Author author) {
    this(author, null);
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

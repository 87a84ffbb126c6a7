package io.agentstream.event;

/** The start of a pause. No turn begins until the pause is over. */
public record ConversationPaused() implements ChatEvent {

  @Override
  public String type() {
    return "conversation_paused";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onConversationPaused(this);
  }
}

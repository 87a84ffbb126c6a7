package io.agentstream.event;

/** The end of a pause. */
public record ConversationUnpaused() implements ChatEvent {

  @Override
  public String type() {
    return "conversation_unpaused";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onConversationUnpaused(this);
  }
}

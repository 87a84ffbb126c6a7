package io.agentstream.event;

/** The pause is over. */
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

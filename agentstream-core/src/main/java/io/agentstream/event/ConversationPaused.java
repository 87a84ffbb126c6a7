package io.agentstream.event;

/** Nobody takes the floor until the pause is over. */
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

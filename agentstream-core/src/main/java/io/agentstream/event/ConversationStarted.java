package io.agentstream.event;

/**
 * The agents begin to talk.
 *
 * @param run 1 for the first run of a conversation, one more at each continuation
 */
public record ConversationStarted(int run) implements ChatEvent {

  @Override
  public String type() {
    return "conversation_started";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onConversationStarted(this);
  }
}

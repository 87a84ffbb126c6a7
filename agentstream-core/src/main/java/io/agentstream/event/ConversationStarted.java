package io.agentstream.event;

/**
 * The start of a run.
 *
 * @param run 1 for the first run of a conversation, one more for each continuation
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

package io.agentstream.event;

/**
 * A message as history holds it and as the other agents are shown it. The topic is the first.
 *
 * @param messageId names the message within its conversation
 * @param role whose message it is
 * @param sender the name of the agent, or {@value #USER}
 * @param content the text; never empty
 * @param round the round it was said in; 0 for the topic
 */
public record NewMessage(String messageId, Role role, String sender, String content, int round)
    implements ChatEvent {

  /** The sender of whatever a person said. */
  public static final String USER = "user";

  /** Whose message it is. */
  public enum Role {
    USER,
    ASSISTANT
  }

  @Override
  public String type() {
    return "new_message";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onNewMessage(this);
  }
}

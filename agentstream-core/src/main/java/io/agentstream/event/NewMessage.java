package io.agentstream.event;

/**
 * A message of the history, as other agents see it. The topic is the first message.
 *
 * @param messageId the message's id within its conversation
 * @param role the kind of sender
 * @param sender the name of the agent, or {@value #USER}
 * @param content the text; never empty
 * @param round the round of the message; 0 for a message that begins a run
 */
public record NewMessage(String messageId, Role role, String sender, String content, int round)
    implements ChatEvent {

  /** The sender of messages from people. */
  public static final String USER = "user";

  /** The kind of sender. */
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

package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * A message of the history, as other agents see it. The topic is the first message.
 *
 * @param messageId the message's id within its conversation
 * @param role the kind of sender
 * @param sender the name of the participant, or {@value #USER} for a person without a seat
 * @param content the text; never empty
 * @param round the round of the message; 0 for a message that begins a run
 * @param author the person who said it; null for an agent's message, or if nobody is known
 * @param queueId the message's id while it waited; null if it did not wait
 */
public record NewMessage(
    String messageId,
    Role role,
    String sender,
    String content,
    int round,
    @Nullable Author author,
    @Nullable String queueId)
    implements ChatEvent {

  /** The sender of messages from people. */
  public static final String USER = "user";

  /** The kind of sender. */
  public enum Role {
    USER,
    ASSISTANT
  }

  /** Creates a message without an author that did not wait. */
  public NewMessage(String messageId, Role role, String sender, String content, int round) {
    this(messageId, role, sender, content, round, null, null);
  }

  private boolean hasSeat() {
    return !sender.equals(USER);
  }

  /** Returns the name under which models know the speaker. */
  public String speaker() {
    return author == null || author.name() == null || hasSeat() ? sender : author.name();
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

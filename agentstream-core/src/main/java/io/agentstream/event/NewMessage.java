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

  /**
   * The sender of instructions that belong to nobody, in a past that an application or a client
   * gave. No participant and no person can have this name.
   */
  public static final String SYSTEM = "system";

  /** The kind of sender. */
  public enum Role {
    USER,
    ASSISTANT
  }

  /** Creates a message without an author that did not wait. */
  public NewMessage(String messageId, Role role, String sender, String content, int round) {
    this(messageId, role, sender, content, round, null, null);
  }

  /**
   * Returns the participant for whom a person said it; null for what people say from no seat, for
   * instructions of nobody, and for an agent's message.
   */
  public @Nullable String seat() {
    boolean isParticipant = !sender.equals(USER) && !sender.equals(SYSTEM);
    return role == Role.USER && isParticipant ? sender : null;
  }

  /** Returns the name under which models know the speaker. */
  public String speaker() {
    return author == null || author.name() == null || !sender.equals(USER) ? sender : author.name();
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

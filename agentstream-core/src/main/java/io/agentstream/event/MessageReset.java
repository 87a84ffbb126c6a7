package io.agentstream.event;

/**
 * The text of a message after {@code offset} is void: the call to the model is made again.
 *
 * @param messageId the message
 * @param offset how much of the text stays, in UTF-16 code units; 0 for none
 * @param reason why, for people
 */
public record MessageReset(String messageId, int offset, String reason) implements ChatEvent {

  @Override
  public String type() {
    return "message_reset";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onMessageReset(this);
  }
}

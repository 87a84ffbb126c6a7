package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * Takes back a part of a message: its text after {@code offset} and its thinking after {@code
 * thinkingOffset} are void, because the model is called again.
 *
 * @param messageId the message
 * @param offset the length of the text that stays, in UTF-16 code units; 0 for none
 * @param reason the reason, for people
 * @param thinkingOffset the length of the thinking that stays, in UTF-16 code units; null for all
 *     of it, or none if {@code offset} is 0
 */
public record MessageReset(
    String messageId, int offset, String reason, @Nullable Integer thinkingOffset)
    implements ChatEvent {

  /**
   * Creates a reset that takes back all of the thinking if it takes back all of the text, and
   * otherwise none.
   */
  public MessageReset(String messageId, int offset, String reason) {
    this(messageId, offset, reason, null);
  }

  /**
   * Returns the length of the thinking that stays, in UTF-16 code units.
   *
   * @param length the current length of the thinking, from 0
   */
  public int thinkingKept(int length) {
    if (thinkingOffset != null) {
      return Math.min(thinkingOffset, length);
    }
    return offset == 0 ? 0 : length;
  }

  @Override
  public String type() {
    return "message_reset";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onMessageReset(this);
  }
}

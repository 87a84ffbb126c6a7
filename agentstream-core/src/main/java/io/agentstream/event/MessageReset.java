package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * The text of a message after {@code offset}, and its thinking after {@code thinkingOffset}, are
 * void: the call to the model is made again.
 *
 * @param messageId the message
 * @param offset how much of the text stays, in UTF-16 code units; 0 for none
 * @param reason why, for people
 * @param thinkingOffset how much of the thinking stays, in UTF-16 code units; null for all of it,
 *     or none if {@code offset} is 0
 */
public record MessageReset(
    String messageId, int offset, String reason, @Nullable Integer thinkingOffset)
    implements ChatEvent {

  /** A reset that voids the thinking exactly where it voids all of the text. */
  public MessageReset(String messageId, int offset, String reason) {
    this(messageId, offset, reason, null);
  }

  /**
   * Returns how much of a thinking of this length stays, in UTF-16 code units.
   *
   * @param length how long the thinking is, from 0
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

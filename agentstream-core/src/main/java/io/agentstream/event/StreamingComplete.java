package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * The end of a turn, successful or not. Occurs exactly once for every {@link SpeakerChange}.
 *
 * @param messageId the complete message
 * @param agentName the speaker
 * @param round the round of the turn
 * @param fullContent all tokens joined; empty if there were none
 * @param length the length of {@code fullContent} in UTF-16 code units
 * @param finishReason the reason for the end
 * @param usage the tokens used; null if the model server reported none
 * @param author the person who cut the message; null if nobody did, or nobody is known
 */
public record StreamingComplete(
    String messageId,
    String agentName,
    int round,
    String fullContent,
    int length,
    TurnFinishReason finishReason,
    @Nullable Usage usage,
    @Nullable Author author)
    implements ChatEvent {

  /** Creates the end of a turn that no person cut. */
  public StreamingComplete(
      String messageId,
      String agentName,
      int round,
      String fullContent,
      int length,
      TurnFinishReason finishReason,
      @Nullable Usage usage) {
    this(messageId, agentName, round, fullContent, length, finishReason, usage, null);
  }

  @Override
  public String type() {
    return "streaming_complete";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onStreamingComplete(this);
  }
}

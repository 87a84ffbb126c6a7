package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * An answer is over, well or not. Comes exactly once for every {@link SpeakerChange}.
 *
 * @param messageId the message that is over
 * @param agentName who spoke
 * @param round the round it spoke in
 * @param fullContent all tokens joined; empty where none came
 * @param length the length of {@code fullContent} in UTF-16 code units
 * @param finishReason why it is over
 * @param usage what the model server counted; null where it told nothing
 */
public record StreamingComplete(
    String messageId,
    String agentName,
    int round,
    String fullContent,
    int length,
    TurnFinishReason finishReason,
    @Nullable Usage usage)
    implements ChatEvent {

  @Override
  public String type() {
    return "streaming_complete";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onStreamingComplete(this);
  }
}

package io.agentstream.event;

/**
 * A piece of a model's thinking. Viewers see it separately; it is never part of the message and
 * never shown to other agents.
 *
 * @param messageId the message to which the thinking belongs
 * @param offset the length of the thinking before this piece, in UTF-16 code units
 * @param token the text; never empty, never half of a surrogate pair
 */
public record StreamingThinking(String messageId, int offset, String token)
    implements StreamedText {

  @Override
  public String type() {
    return "streaming_thinking";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onStreamingThinking(this);
  }
}

package io.agentstream.event;

/**
 * A piece of a message, as the model sent it. Never empty, and never half of a surrogate pair.
 *
 * @param messageId its message
 * @param offset the length of the message before this piece, in UTF-16 code units
 * @param token the text
 */
public record StreamingToken(String messageId, int offset, String token) implements StreamedText {

  @Override
  public String type() {
    return "streaming_token";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onStreamingToken(this);
  }
}

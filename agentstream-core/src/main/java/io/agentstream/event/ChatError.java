package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * Something went wrong that the viewers should know.
 *
 * @param code what kind of failure it is
 * @param message one sentence for people: no stack trace, no text of the provider, no prompt, no
 *     key
 * @param agentName the agent it happened to; null where it concerns the conversation
 * @param messageId the message it happened in; null where none was under way
 * @param retryable whether the same thing may succeed later
 * @param fatal whether the conversation ends by it
 */
public record ChatError(
    ErrorCode code,
    String message,
    @Nullable String agentName,
    @Nullable String messageId,
    boolean retryable,
    boolean fatal)
    implements ChatEvent {

  @Override
  public String type() {
    return "error";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onError(this);
  }
}

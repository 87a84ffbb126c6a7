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
 * @param cause why a model gave no answer; null where it is not known, or no model was asked
 */
public record ChatError(
    ErrorCode code,
    String message,
    @Nullable String agentName,
    @Nullable String messageId,
    boolean retryable,
    boolean fatal,
    @Nullable ErrorCause cause)
    implements ChatEvent {

  /** An error of which no cause is known. */
  public ChatError(
      ErrorCode code,
      String message,
      @Nullable String agentName,
      @Nullable String messageId,
      boolean retryable,
      boolean fatal) {
    this(code, message, agentName, messageId, retryable, fatal, null);
  }

  @Override
  public String type() {
    return "error";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onError(this);
  }
}

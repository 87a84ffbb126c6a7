package io.agentstream.event;

import org.jspecify.annotations.Nullable;

/**
 * Reports an error to the viewers.
 *
 * @param code the kind of failure
 * @param message one sentence for people, without stack traces, provider text, prompts or keys
 * @param agentName the agent concerned; null if it concerns the conversation
 * @param messageId the message concerned; null if there is none
 * @param retryable true if a retry may succeed later
 * @param fatal true if the conversation ends because of it
 * @param cause the reason why a model gave no answer; null if unknown, or if no model was called
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

  /** Creates an error without a known cause. */
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

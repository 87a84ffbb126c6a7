package io.agentstream.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question to a person, for whose answer the conversation waits.
 *
 * @param requestId the question's id within its conversation
 * @param kind the kind of answer
 * @param agentName the asking agent, or null
 * @param messageId the message with the tool call to approve, or null
 * @param callId the tool call to approve, or null
 * @param prompt the text of the question
 * @param choices the possible answers; null if any text is accepted
 * @param expiresAt the deadline for the answer, ISO 8601 in UTC
 * @param person the participant whose turn it is and who is asked; null if no participant is asked
 * @param ownerOnly true if only the owner of the conversation may answer, because a tool acts with
 *     the owner's credentials; else null
 */
public record InputRequested(
    String requestId,
    InputKind kind,
    @Nullable String agentName,
    @Nullable String messageId,
    @Nullable String callId,
    String prompt,
    @Nullable List<String> choices,
    String expiresAt,
    @Nullable String person,
    @Nullable Boolean ownerOnly)
    implements ChatEvent {

  public InputRequested {
    choices = choices == null ? null : List.copyOf(choices);
  }

  /** Creates a question that everybody who steers the conversation may answer. */
  public InputRequested(
      String requestId,
      InputKind kind,
      @Nullable String agentName,
      @Nullable String messageId,
      @Nullable String callId,
      String prompt,
      @Nullable List<String> choices,
      String expiresAt,
      @Nullable String person) {
    this(requestId, kind, agentName, messageId, callId, prompt, choices, expiresAt, person, null);
  }

  /** Creates a question that is not a participant's turn. */
  public InputRequested(
      String requestId,
      InputKind kind,
      @Nullable String agentName,
      @Nullable String messageId,
      @Nullable String callId,
      String prompt,
      @Nullable List<String> choices,
      String expiresAt) {
    this(requestId, kind, agentName, messageId, callId, prompt, choices, expiresAt, null, null);
  }

  @Override
  public String type() {
    return "input_requested";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onInputRequested(this);
  }
}

package io.agentstream.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The conversation waits for a person.
 *
 * @param requestId names the request within its conversation
 * @param kind what kind of answer it takes
 * @param agentName who asks; null where no agent does
 * @param messageId whose call of a tool it is about; null where it is about none
 * @param callId which call; null where it is about none
 * @param prompt what is asked
 * @param choices what can be answered; null where any text will do
 * @param expiresAt until when, ISO 8601 in UTC
 */
public record InputRequested(
    String requestId,
    InputKind kind,
    @Nullable String agentName,
    @Nullable String messageId,
    @Nullable String callId,
    String prompt,
    @Nullable List<String> choices,
    String expiresAt)
    implements ChatEvent {

  public InputRequested {
    choices = choices == null ? null : List.copyOf(choices);
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

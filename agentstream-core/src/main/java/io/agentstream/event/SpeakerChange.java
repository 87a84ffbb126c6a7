package io.agentstream.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The start of a turn. The following events with this message id belong to the agent's message.
 *
 * @param messageId the message's id within its conversation, for example {@code m2}
 * @param agentName the speaker
 * @param round the round of the turn, from 1
 * @param agentPath the names from the outermost team inward, the speaker last; null for a speaker
 *     outside nested teams
 * @param reason the selection's reason for picking the speaker, or null
 */
public record SpeakerChange(
    String messageId,
    String agentName,
    int round,
    @Nullable List<String> agentPath,
    @Nullable String reason)
    implements ChatEvent {

  public SpeakerChange {
    agentPath = agentPath == null ? null : List.copyOf(agentPath);
  }

  @Override
  public String type() {
    return "speaker_change";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onSpeakerChange(this);
  }
}

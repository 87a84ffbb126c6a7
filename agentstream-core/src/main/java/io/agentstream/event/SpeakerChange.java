package io.agentstream.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent takes the floor: what follows under this message id is its answer.
 *
 * @param messageId names the message within its conversation, for example {@code m2}
 * @param agentName who speaks
 * @param round the round it speaks in, from 1
 * @param agentPath the names from the outermost team inward, the speaker last; null for a speaker
 *     that is no member of a nested team
 * @param reason why it was picked, where the selection gives a reason
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

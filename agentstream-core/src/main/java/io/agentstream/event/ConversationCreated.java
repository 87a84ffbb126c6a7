package io.agentstream.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first event of a conversation.
 *
 * @param epoch the number of the conversation's journal, from 1; a sequence number is valid only
 *     within its epoch
 * @param topic the conversation's topic
 * @param agents the names of the participants in speaking order
 * @param speakerSelection the speaker selection, for example {@code round_robin}
 * @param maxRounds the maximum number of rounds in a run, from 1
 * @param muted the names of the participants that are muted; null for none
 */
public record ConversationCreated(
    long epoch,
    String topic,
    List<String> agents,
    String speakerSelection,
    int maxRounds,
    @Nullable List<String> muted)
    implements ChatEvent {

  public ConversationCreated {
    agents = List.copyOf(agents);
    muted = muted == null || muted.isEmpty() ? null : List.copyOf(muted);
  }

  /** Creates the first event of a conversation in which nobody is muted. */
  public ConversationCreated(
      long epoch, String topic, List<String> agents, String speakerSelection, int maxRounds) {
    this(epoch, topic, agents, speakerSelection, maxRounds, null);
  }

  @Override
  public String type() {
    return "conversation_created";
  }

  @Override
  public void deliverTo(StreamListener listener) {
    listener.onConversationCreated(this);
  }
}

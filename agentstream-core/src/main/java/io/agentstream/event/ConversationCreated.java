package io.agentstream.event;

import java.util.List;

/**
 * The first event of a conversation.
 *
 * @param epoch the number of the conversation's journal, from 1; a sequence number is valid only
 *     within its epoch
 * @param topic the conversation's topic
 * @param agents the names of the participants in speaking order
 * @param speakerSelection the speaker selection, for example {@code round_robin}
 * @param maxRounds the maximum number of rounds in a run, from 1
 */
public record ConversationCreated(
    long epoch, String topic, List<String> agents, String speakerSelection, int maxRounds)
    implements ChatEvent {

  public ConversationCreated {
    agents = List.copyOf(agents);
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

package io.agentstream.event;

import java.util.List;

/**
 * The first event of a conversation.
 *
 * @param epoch which incarnation of the journal this is, from 1; a sequence number means nothing
 *     under another epoch
 * @param topic what the agents were asked to talk about
 * @param agents the names of the participants in speaking order
 * @param speakerSelection how the next speaker is picked, for example {@code round_robin}
 * @param maxRounds after how many rounds a run ends at the latest, from 1
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

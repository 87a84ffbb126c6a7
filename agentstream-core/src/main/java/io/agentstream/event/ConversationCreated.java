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
 * @param people the names of the participants that are seats for people, not agents; null for none
 */
public record ConversationCreated(
    long epoch,
    String topic,
    List<String> agents,
    String speakerSelection,
    int maxRounds,
    @Nullable List<String> muted,
    @Nullable List<String> people)
    implements ChatEvent {

  public ConversationCreated {
    agents = List.copyOf(agents);
    muted = muted == null || muted.isEmpty() ? null : List.copyOf(muted);
    people = people == null || people.isEmpty() ? null : List.copyOf(people);
  }

  /** Creates the first event of a conversation among agents of whom nobody is muted. */
  public ConversationCreated(
      long epoch, String topic, List<String> agents, String speakerSelection, int maxRounds) {
    this(epoch, topic, agents, speakerSelection, maxRounds, null, null);
  }

  /** Returns the same event with another roster. */
  public ConversationCreated with(RosterChanged roster) {
    return new ConversationCreated(
        epoch,
        topic,
        roster.agents(),
        speakerSelection,
        maxRounds,
        roster.muted(),
        roster.people());
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

package io.agentstream.chat.speaker;

import io.agentstream.event.NewMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A selector's view of the conversation. Immutable, except for calls to models. */
public interface SelectionContext extends ModelAsker {

  /** Returns the conversation's id, for logs. */
  String conversationId();

  /**
   * Returns the possible speakers, in order; never empty. A participant that is muted or has left
   * is not among them.
   */
  List<Participant> participants();

  /**
   * Returns all seats in order, with those of participants that are muted or have left; empty as
   * long as nobody has changed the roster, which is also the default. The order never changes: who
   * is added gets a seat at the end, and who comes back the old one.
   */
  default List<Seat> seats() {
    return List.of();
  }

  /** Returns all utterances so far, beginning with the topic. */
  List<NewMessage> messages();

  /** Returns the {@link Selection#state()} of this team's last selection; empty at first. */
  String state();

  /** Returns the number of turns of this team in this run. */
  int turns();

  /** Returns this team's last speaker in this conversation; null before the first turn. */
  @Nullable String lastSpeaker();

  /**
   * Returns the outcomes of this team's last finished step, possibly of an earlier run; empty
   * before the first.
   */
  List<TurnOutcome> lastStep();

  /**
   * Returns how many rounds may still begin in this run. With 0, a decision that begins a round
   * ends the run, so nobody should be asked for the next speaker.
   */
  int roundsLeft();

  /** Returns a person's answer to the preceding {@link Selection.Ask}; null in all other cases. */
  @Nullable String input();
}

package io.agentstream.chat.speaker;

import io.agentstream.event.NewMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a selector is shown of the conversation. Immutable, but for asking models. */
public interface SelectionContext extends ModelAsker {

  /** Which conversation, for logs. */
  String conversationId();

  /** Who can be picked, in their order; never empty. */
  List<Participant> participants();

  /** Everything said so far, the topic first. */
  List<NewMessage> messages();

  /** What the last selection of this team left as {@link Selection#state()}; empty at first. */
  String state();

  /** How many turns this team has taken in this run. */
  int turns();

  /** Who of this team spoke last in this conversation; null before the first turn. */
  @Nullable String lastSpeaker();

  /**
   * What became of the turns of this team's last finished step, be it of an earlier run; empty
   * before the first.
   */
  List<TurnOutcome> lastStep();

  /**
   * How many rounds may still begin in this run. With 0 left, whatever would begin a round ends the
   * run, so nobody should be asked who it is.
   */
  int roundsLeft();

  /** What a person answered to {@link Selection.Ask} just now; null in all other cases. */
  @Nullable String input();
}

package io.agentstream.chat.termination;

import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.NewMessage;
import java.time.Duration;
import java.util.List;

/** A condition's view: one run of one team. */
public interface TerminationContext {

  /**
   * Returns all messages of this run in order, including those of nested teams; the message that
   * began the run is the first.
   */
  List<NewMessage> messages();

  /** Returns the turns of this run, in order; a nested team's turn counts as one. */
  List<TurnOutcome> turns();

  /** Returns the number of finished rounds in this run. */
  int rounds();

  /** Returns the usage of this run, by agents and by selectors. */
  ConversationUsage usage();

  /** Returns the duration of the run so far, pauses included. */
  Duration elapsed();
}

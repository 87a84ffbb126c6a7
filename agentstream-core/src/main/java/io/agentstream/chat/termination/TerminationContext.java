package io.agentstream.chat.termination;

import io.agentstream.chat.speaker.TurnOutcome;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.NewMessage;
import java.time.Duration;
import java.util.List;

/** What a condition is shown: one run of one team. */
public interface TerminationContext {

  /**
   * Everything said in this run, in order, by the members of nested teams too; what began the run
   * is the first.
   */
  List<NewMessage> messages();

  /** The turns taken in this run, in order; a nested team's as one. */
  List<TurnOutcome> turns();

  /** How many rounds are over in this run. */
  int rounds();

  /** What was used in this run, by agents and by selectors. */
  ConversationUsage usage();

  /** How long the run has lasted, pauses included. */
  Duration elapsed();
}

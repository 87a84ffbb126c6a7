package io.agentstream.chat;

import io.agentstream.chat.ConversationScope.TeamMemory;
import io.agentstream.chat.speaker.Selection;
import io.agentstream.chat.speaker.TurnOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a team's selector: its state, the last speaker and step, and a person's answer. The
 * conversation keeps it, so that the next run continues with it. Used in the conversation's serial
 * order only.
 */
final class SelectorMemory {

  private final ConversationScope scope;
  private final List<String> path;
  private String state;

  /**
   * @param path the team's path
   * @param step the step that another process left unfinished, or null
   */
  SelectorMemory(ConversationScope scope, List<String> path, Selection.@Nullable Speak step) {
    this.scope = scope;
    this.path = path;
    this.state = scope.memory(path).firstState(step);
  }

  /** Returns the selector's state. */
  String state() {
    return state;
  }

  /** Replaces the state by that of a decision. */
  void take(Selection decision) {
    state = decision.state();
  }

  /** Returns the selector's view of the team's run. */
  SelectorView view(Roster roster, RunProgress progress, int maxRounds) {
    TeamMemory memory = scope.memory(path);
    int turns = progress.selectedTurns();
    return new SelectorView(
        scope.id,
        roster.participants(),
        roster.seats(),
        scope.history.messages(),
        state,
        turns,
        memory.lastSpeaker(),
        turns == 0 ? memory.lastStep() : progress.lastStep(),
        Math.max(0, maxRounds - progress.rounds()),
        memory.input(),
        scope.overhead);
  }

  /** Stores the outcome of a step that the selector chose. */
  void stepEnded(List<TurnOutcome> turns) {
    scope.memories.put(path, TeamMemory.ofStep(state, turns));
  }

  /** Stores a person's answer until the selector has decided. */
  void answered(String content) {
    var answered = new ConversationState.Answered(state, content);
    scope.memories.put(path, scope.memory(path).with(answered));
  }

  /** Drops an answer that the selector has not used. */
  void runEnded() {
    scope.memories.computeIfPresent(path, (any, memory) -> memory.with(null));
  }
}

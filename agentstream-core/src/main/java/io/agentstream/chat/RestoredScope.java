package io.agentstream.chat;

/** Restores what a conversation has said and counted, from the state that another process left. */
final class RestoredScope {

  private RestoredScope() {}

  /** Restores the numbers of ids, the tokens used and the memories of teams; publishes nothing. */
  static void counts(ConversationScope scope, ConversationState state) {
    scope.continueAfter(state.messageCount());
    scope.inputs.continueAfter(state.inputCount());
    scope.usage.restore(state.usage());
    TeamStates.restore(scope, state.teams());
  }

  /** Restores and publishes the messages, and returns the progress of the run. */
  static RunProgress history(ConversationScope scope, Inbox inbox, ConversationState state) {
    state.utterances().forEach(scope.bounds::restored);
    state.utterances().forEach(scope::remember);
    state.utterances().forEach(said -> scope.people.restore(said.message().author()));
    scope.calls.restore(state.calls());
    inbox.reportWithdrawn(state.inbox());
    inbox.restoreWaiting(state.inbox());
    scope.restoredMessages = state.utterances().size();
    RunProgress progress = RunProgress.restored(scope, state.run());
    scope.memories.computeIfPresent(
        TeamPlace.OUTERMOST.path(), (path, memory) -> memory.after(progress.lastStep()));
    return progress;
  }
}

package io.agentstream.chat;

import io.agentstream.chat.ConversationScope.TeamMemory;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Converts the memories of a conversation's teams to states and back. */
final class TeamStates {

  private TeamStates() {}

  static void restore(ConversationScope scope, List<ConversationState.Team> teams) {
    for (ConversationState.Team team : teams) {
      scope.memories.put(
          team.path(),
          new TeamMemory(team.state(), team.lastSpeaker(), List.of(), team.answered()));
      if (team.run() != null) {
        scope.unfinished.put(team.path(), team.run());
      }
    }
  }

  /** Returns the states of all teams, including the inner teams that are running. */
  static List<ConversationState.Team> of(ConversationScope scope, TeamRun run) {
    Map<List<String>, ConversationState.Run> nested = new LinkedHashMap<>();
    run.nestedTo(nested);
    Set<List<String>> paths = new LinkedHashSet<>(scope.memories.keySet());
    paths.addAll(nested.keySet());
    return paths.stream()
        .map(
            path -> {
              TeamMemory memory = scope.memory(path);
              return new ConversationState.Team(
                  path, memory.state(), memory.lastSpeaker(), memory.answered(), nested.get(path));
            })
        .toList();
  }
}

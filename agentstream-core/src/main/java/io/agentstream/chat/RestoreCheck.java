package io.agentstream.chat;

import io.agentstream.chat.ConversationState.Run;
import io.agentstream.chat.ConversationState.Team;
import io.agentstream.chat.speaker.Selection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks that a conversation can continue in a chat: all its participants must be there. */
final class RestoreCheck {

  private RestoreCheck() {}

  /**
   * @throws IllegalArgumentException if somebody is missing
   */
  static void check(TeamRules rules, ConversationState state) {
    check(rules, state.run(), guests(state));
    for (Team team : state.teams()) {
      Set<String> tolerated = team.path().isEmpty() ? guests(state) : Set.of();
      if (!team.path().isEmpty() && guests(state).contains(team.path().get(0))) {
        continue;
      }
      TeamRules inner = rules;
      for (String name : team.path()) {
        inner = teamCalled(name, inner);
      }
      if (team.lastSpeaker() != null && !tolerated.contains(team.lastSpeaker())) {
        agentCalled(team.lastSpeaker(), inner);
      }
      check(inner, team.run(), tolerated);
    }
  }

  /** Returns who was added while it ran; {@link Roster#restore} checks those that remain. */
  private static Set<String> guests(ConversationState state) {
    return state.roster() == null
        ? Set.of()
        : state.roster().stream()
            .filter(RosterSeat::added)
            .map(RosterSeat::agentName)
            .collect(Collectors.toSet());
  }

  private static void check(TeamRules rules, @Nullable Run run, Set<String> tolerated) {
    if (run != null && run.step() != null) {
      List<Selection.Turn> turns = run.step().decision().turns();
      turns.stream()
          .map(Selection.Turn::agentName)
          .filter(name -> !tolerated.contains(name))
          .forEach(name -> agentCalled(name, rules));
    }
  }

  private static TeamRules teamCalled(String name, TeamRules rules) {
    TeamRules team = agentCalled(name, rules).team();
    if (team == null) {
      throw new IllegalArgumentException(
          "The conversation needs '" + name + "' to be a team: restore it with the chat it had");
    }
    return team;
  }

  private static Agent agentCalled(String name, TeamRules rules) {
    return rules.participants().stream()
        .filter(agent -> agent.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The conversation needs '"
                        + name
                        + "', who is not in this chat: restore it with the chat it had"));
  }
}

package io.agentstream.chat;

import io.agentstream.chat.ConversationState.Run;
import io.agentstream.chat.ConversationState.Team;
import io.agentstream.chat.speaker.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that a conversation can continue in a chat: all its participants must be there. */
final class RestoreCheck {

  private RestoreCheck() {}

  /**
   * @throws IllegalArgumentException if somebody is missing
   */
  static void check(GroupChat chat, ConversationState state) {
    check(chat, state.run());
    for (Team team : state.teams()) {
      GroupChat members = chat;
      for (String name : team.path()) {
        members = teamCalled(name, members);
      }
      if (team.lastSpeaker() != null) {
        agentCalled(team.lastSpeaker(), members);
      }
      check(members, team.run());
    }
  }

  private static void check(GroupChat members, @Nullable Run run) {
    if (run != null && run.step() != null) {
      List<Selection.Turn> turns = run.step().decision().turns();
      turns.forEach(turn -> agentCalled(turn.agentName(), members));
    }
  }

  private static GroupChat teamCalled(String name, GroupChat members) {
    GroupChat team = agentCalled(name, members).team();
    if (team == null) {
      throw new IllegalArgumentException(
          "The conversation needs '" + name + "' to be a team: restore it with the chat it had");
    }
    return team;
  }

  private static Agent agentCalled(String name, GroupChat members) {
    return members.participants().stream()
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

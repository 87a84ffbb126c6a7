package io.agentstream.http.agui;

import io.agentstream.event.NewMessage;
import io.agentstream.event.PastMessage;
import io.agentstream.http.agui.RunInput.Said;
import io.agentstream.internal.NameKey;
import io.agentstream.wire.Agents;
import io.agentstream.wire.Agents.Card;
import io.agentstream.wire.Agents.Team;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The speakers of a thread.
 *
 * @param team the name of the team; null for a lone agent
 * @param names the names of its participants
 * @param people the names of those that are people
 */
record Speakers(@Nullable String team, List<String> names, List<String> people) {

  /** The sender of what belongs to no agent of the thread; no agent can be called that. */
  private static final String ASSISTANT = "assistant";

  /**
   * Finds a team, or an agent if no team has the name.
   *
   * @param name the name; null for the only team or, if there is no team, the only agent
   */
  static @Nullable Speakers find(Agents catalogue, @Nullable String name) {
    List<Team> teams = catalogue.teams() == null ? List.of() : catalogue.teams();
    for (Team team : teams) {
      if (name == null ? teams.size() == 1 : team.name().equals(name)) {
        List<String> people = team.people() == null ? List.of() : team.people();
        return new Speakers(team.name(), team.agents(), people);
      }
    }
    for (Card agent : catalogue.agents()) {
      boolean only = teams.isEmpty() && catalogue.agents().size() == 1;
      if (name == null ? only : agent.name().equals(name)) {
        return new Speakers(null, List.of(agent.name()), List.of());
      }
    }
    return null;
  }

  /** Makes the past of a new thread of a request's context and all messages but the newest. */
  List<PastMessage> past(RunInput input) {
    List<PastMessage> past = new ArrayList<>();
    for (String text : input.context()) {
      past.add(new PastMessage(NewMessage.Role.USER, NewMessage.SYSTEM, text));
    }
    for (Said said : input.messages().subList(0, input.messages().size() - 1)) {
      if (said.role().equals(Said.ASSISTANT)) {
        past.add(new PastMessage(NewMessage.Role.ASSISTANT, speaker(said.name()), said.text()));
      } else {
        String sender = said.isUsers() ? person(said.name()) : NewMessage.SYSTEM;
        past.add(new PastMessage(NewMessage.Role.USER, sender, said.text()));
      }
    }
    return past;
  }

  private String speaker(@Nullable String name) {
    return name == null && names.size() == 1 ? names.get(0) : one(names, name, ASSISTANT);
  }

  private String person(@Nullable String name) {
    return one(people, name, NewMessage.USER);
  }

  private static String one(List<String> names, @Nullable String name, String otherwise) {
    return names.stream()
        .filter(one -> name != null && NameKey.of(one).equals(NameKey.of(name)))
        .findFirst()
        .orElse(otherwise);
  }
}

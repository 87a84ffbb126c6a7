package io.agentstream.chat;

import io.agentstream.internal.NameKey;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that all names in a chat are distinct, including those in nested teams. All agents speak
 * in one conversation, in which a model knows a speaker only by name. One agent may be in several
 * nested teams.
 */
final class ParticipantNames {

  private ParticipantNames() {}

  /**
   * Checks.
   *
   * @throws IllegalStateException if two are called the same
   */
  static void check(List<Agent> participants) {
    Map<String, Agent> here = new HashMap<>();
    for (Agent agent : participants) {
      refuse(here.put(NameKey.of(agent.name()), agent), agent);
    }
    Map<String, Agent> inside = new HashMap<>();
    for (Agent agent : inTeams(participants)) {
      String key = NameKey.of(agent.name());
      refuse(here.get(key), agent);
      refuse(inside.put(key, agent), agent);
    }
  }

  /** Returns everybody in nested teams. Visits each once, however many teams contain it. */
  private static Set<Agent> inTeams(List<Agent> participants) {
    Set<Agent> found = new LinkedHashSet<>();
    Queue<Agent> open = new ArrayDeque<>(participants);
    for (Agent agent = open.poll(); agent != null; agent = open.poll()) {
      TeamRules team = agent.team();
      if (team != null) {
        team.participants().stream().filter(found::add).forEach(open::add);
      }
    }
    return found;
  }

  private static void refuse(@Nullable Agent other, Agent agent) {
    if (other == null) {
      return;
    }
    if (other.name().equals(agent.name())) {
      throw new IllegalStateException(
          "Two participants are called '"
              + agent.name()
              + "'; those of nested teams count too. Give each a name of its own");
    }
    throw new IllegalStateException(
        "The participants '"
            + other.name()
            + "' and '"
            + agent.name()
            + "' cannot be told apart: their names differ in upper and lower case or in their"
            + " Unicode form alone. Give each a name of its own");
  }
}

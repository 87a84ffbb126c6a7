package io.agentstream.chat;

import io.agentstream.internal.NameKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
    participants.stream()
        .flatMap(ParticipantNames::members)
        .forEach(
            member -> {
              String key = NameKey.of(member.name());
              refuse(here.get(key), member);
              Agent other = inside.put(key, member);
              refuse(other == null || other.equals(member) ? null : other, member);
            });
  }

  private static Stream<Agent> members(Agent agent) {
    GroupChat team = agent.team();
    return team == null
        ? Stream.empty()
        : team.participants().stream()
            .flatMap(member -> Stream.concat(Stream.of(member), members(member)));
  }

  private static void refuse(@Nullable Agent other, Agent agent) {
    if (other == null) {
      return;
    }
    if (other.name().equals(agent.name())) {
      throw new IllegalStateException(
          "Two participants are called '"
              + agent.name()
              + "'; members of nested teams count too. Give each a name of its own");
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

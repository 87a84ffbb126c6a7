package io.agentstream.hub;

import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.viewer.internal.HubSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Builds the catalogue of a hub, and checks that its names are valid and unique. Not thread-safe.
 */
final class CatalogueBuilder {

  private static final int MAX_NAME_CHARS = 128;

  private Map<String, Agent> agents = Map.of();
  private final Map<String, GroupChat> teams = new LinkedHashMap<>();
  private Map<String, SpeakerSelector> selectors =
      byName("selectors", List.of(SpeakerSelector.roundRobin()), SpeakerSelector::name);
  private int defaultMaxRounds = GroupChat.DEFAULT_MAX_ROUNDS;
  private @Nullable CatalogueEditor editor;

  void agents(List<Agent> offered) {
    agents = byName("agents", offered, Agent::name);
  }

  void team(String name, GroupChat chat) {
    if (name.isBlank() || name.length() > MAX_NAME_CHARS) {
      throw new IllegalArgumentException(
          "A team's name must have 1 to " + MAX_NAME_CHARS + " characters, not '" + name + "'");
    }
    if (teams.putIfAbsent(name, Objects.requireNonNull(chat, "chat")) != null) {
      throw new IllegalArgumentException("Two teams are called '" + name + "'");
    }
  }

  void selectors(List<SpeakerSelector> offered) {
    if (offered.isEmpty()) {
      throw new IllegalArgumentException("A hub needs a selector");
    }
    selectors = byName("selectors", offered, SpeakerSelector::name);
  }

  void defaultMaxRounds(int rounds) {
    if (rounds < 1) {
      throw new IllegalArgumentException("defaultMaxRounds must be at least 1, not " + rounds);
    }
    defaultMaxRounds = rounds;
  }

  void editor(@Nullable CatalogueEditor given) {
    editor = given;
  }

  /** Returns true if there is neither an agent nor a team. */
  boolean isEmpty() {
    return agents.isEmpty() && teams.isEmpty();
  }

  Offer offer() {
    return new Offer(agents, teams, editor);
  }

  Catalogue build(HubSettings settings) {
    return new Catalogue(settings, offer(), selectors, defaultMaxRounds);
  }

  private static <T> Map<String, T> byName(String kind, List<T> all, Function<T, String> nameOf) {
    Map<String, T> byName = new LinkedHashMap<>();
    for (T one : all) {
      String name = nameOf.apply(one);
      if (byName.put(name, one) != null) {
        throw new IllegalArgumentException("Two " + kind + " are called '" + name + "'");
      }
    }
    return byName;
  }
}

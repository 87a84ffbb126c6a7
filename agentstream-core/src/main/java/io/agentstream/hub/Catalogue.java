package io.agentstream.hub;

import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.ErrorCode;
import io.agentstream.viewer.internal.HubSettings;
import io.agentstream.wire.ClientCommand.StartConversation;
import io.agentstream.wire.ControlFrame;
import io.agentstream.wire.ControlFrame.Card;
import io.agentstream.wire.ProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The agents, speaker selections and teams that viewers may choose. */
final class Catalogue {

  private final HubSettings settings;
  private final Map<String, SpeakerSelector> selectors;
  private final int defaultMaxRounds;
  private volatile Offer offer;

  Catalogue(
      HubSettings settings,
      Map<String, Agent> agents,
      Map<String, SpeakerSelector> selectors,
      int defaultMaxRounds,
      Map<String, GroupChat> teams) {
    this.settings = settings;
    this.selectors = new LinkedHashMap<>(selectors);
    this.defaultMaxRounds = Math.min(defaultMaxRounds, settings.limits().maxRounds());
    this.offer = Offer.of(agents, teams);
  }

  /** The agents and teams of one moment. */
  private record Offer(Map<String, Agent> agents, Map<String, GroupChat> teams) {
    static Offer of(Map<String, Agent> agents, Map<String, GroupChat> teams) {
      return new Offer(new LinkedHashMap<>(agents), new LinkedHashMap<>(teams));
    }
  }

  /** Replaces the agents and teams; conversations under way keep theirs. */
  void offer(Map<String, Agent> agents, Map<String, GroupChat> teams) {
    offer = Offer.of(agents, teams);
  }

  ControlFrame.Agents frame() {
    Offer now = offer;
    return new ControlFrame.Agents(
        now.agents.values().stream()
            .map(agent -> new Card(agent.name(), agent.description()))
            .toList(),
        List.copyOf(selectors.keySet()),
        now.teams.isEmpty() ? null : now.teams.entrySet().stream().map(Catalogue::team).toList());
  }

  private static ControlFrame.Team team(Map.Entry<String, GroupChat> team) {
    GroupChat chat = team.getValue();
    return new ControlFrame.Team(
        team.getKey(),
        names(chat),
        chat.description().isEmpty() ? null : chat.description(),
        chat.speakerSelection(),
        chat.maxRounds(),
        chat.sampleTopics().isEmpty() ? null : chat.sampleTopics());
  }

  /**
   * Resolves a viewer's choice, or fails with an error that names the unknown agent or selection.
   */
  GroupChat chat(StartConversation command) throws ProtocolException {
    String name = command.team();
    if (name == null) {
      return chatOfAgents(command);
    }
    GroupChat team = offer.teams.get(name);
    if (team == null) {
      throw invalid("'team' names '" + name + "', which is not in the catalogue; see list_agents.");
    }
    if (command.agents() != null
        || command.maxRounds() != null
        || command.speakerSelection() != null) {
      throw invalid("'team' goes with neither 'agents', 'max_rounds' nor 'speaker_selection'.");
    }
    return team;
  }

  private GroupChat chatOfAgents(StartConversation command) throws ProtocolException {
    return GroupChat.builder()
        .participants(participants(command.agents()))
        .speakerSelector(selector(command.speakerSelection()))
        .maxRounds(command.maxRounds() == null ? defaultMaxRounds : command.maxRounds())
        .timeouts(settings.timeouts())
        .limits(settings.limits())
        .clock(settings.clock())
        .executor(settings.executor())
        .build();
  }

  /** Returns the command with all of this node's defaults filled in. */
  static StartConversation definition(GroupChat chat, StartConversation command) {
    if (command.team() != null) {
      return command;
    }
    return new StartConversation(
        command.topic(),
        names(chat),
        chat.maxRounds(),
        chat.speakerSelection(),
        command.requestId());
  }

  static List<String> names(GroupChat chat) {
    return chat.participants().stream().map(Agent::name).toList();
  }

  private SpeakerSelector selector(@Nullable String name) throws ProtocolException {
    SpeakerSelector selector =
        name == null ? selectors.values().iterator().next() : selectors.get(name);
    if (selector == null) {
      throw invalid(
          "'speaker_selection' must be one of: " + String.join(", ", selectors.keySet()) + ".");
    }
    return selector;
  }

  private List<Agent> participants(@Nullable List<String> names) throws ProtocolException {
    Offer now = offer;
    if (now.agents.isEmpty()) {
      throw invalid("'team' must be one of: " + String.join(", ", now.teams.keySet()) + ".");
    }
    if (names == null) {
      return List.copyOf(now.agents.values());
    }
    List<Agent> participants = new ArrayList<>();
    for (String name : names) {
      Agent agent = now.agents.get(name);
      if (agent == null) {
        throw invalid(
            "'agents' names '" + name + "', who is not in the catalogue; see list_agents.");
      }
      participants.add(agent);
    }
    return participants;
  }

  private static ProtocolException invalid(String message) {
    return new ProtocolException(ErrorCode.INVALID_FIELD, message, null);
  }
}

package io.agentstream.hub;

import io.agentstream.chat.Agent;
import io.agentstream.chat.ConversationState;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.RosterSeat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.viewer.internal.HubSettings;
import io.agentstream.wire.ProtocolException;
import io.agentstream.wire.ViewingCommand.StartConversation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The agents, speaker selections and teams that viewers may choose. */
final class Catalogue {

  private final HubSettings settings;
  private final Map<String, SpeakerSelector> selectors;
  private final int defaultMaxRounds;
  private volatile Offer offer;

  Catalogue(
      HubSettings settings,
      Offer offer,
      Map<String, SpeakerSelector> selectors,
      int defaultMaxRounds) {
    this.settings = settings;
    this.selectors = new LinkedHashMap<>(selectors);
    this.defaultMaxRounds = Math.min(defaultMaxRounds, settings.limits().maxRounds());
    this.offer = offer;
  }

  /** Replaces the agents and teams; conversations under way keep theirs. */
  void offer(Offer changed) {
    offer = changed;
  }

  Offer offer() {
    return offer;
  }

  List<String> selections() {
    return List.copyOf(selectors.keySet());
  }

  /**
   * Resolves a viewer's choice, or fails with an error that names the unknown agent or selection.
   */
  GroupChat chat(StartConversation command) throws ProtocolException {
    Choosable choosable = new Choosable(offer, command.definitions());
    String name = command.team();
    if (name == null) {
      return chatOfAgents(command, choosable);
    }
    GroupChat team = choosable.team(name);
    if (command.agents() != null
        || command.maxRounds() != null
        || command.speakerSelection() != null) {
      throw Offer.invalid(
          "'team' goes with neither 'agents', 'max_rounds' nor 'speaker_selection'.");
    }
    return team;
  }

  private GroupChat chatOfAgents(StartConversation command, Choosable choosable)
      throws ProtocolException {
    GroupChat.Builder chat =
        GroupChat.builder()
            .participants(choosable.agents(command.agents()))
            .speakerSelector(selector(command.speakerSelection()))
            .maxRounds(command.maxRounds() == null ? defaultMaxRounds : command.maxRounds())
            .timeouts(settings.timeouts())
            .limits(settings.limits())
            .clock(settings.clock())
            .executor(settings.executor());
    try {
      return chat.build();
    } catch (IllegalStateException e) {
      // Without the exception's message, which may be that of a user's selector.
      throw Offer.invalid(
          "'agents' cannot be in one conversation: the names of two are alike, or a tool of one has"
              + " the name of a tool that the selection gives.");
    }
  }

  /**
   * Returns one agent.
   *
   * @param definitions as in {@link StartConversation}
   * @throws ProtocolException if there is none of this name
   */
  Agent agent(String name, @Nullable String definitions) throws ProtocolException {
    return new Choosable(offer, definitions).agents(List.of(name)).get(0);
  }

  /** Returns the agents that were added to a conversation while it ran. */
  List<Agent> added(ConversationState state) throws ProtocolException {
    List<Agent> agents = new ArrayList<>();
    for (RosterSeat seat : state.added()) {
      agents.add(agent(seat.agentName(), seat.origin()));
    }
    return agents;
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
        command.requestId(),
        null,
        command.definitions());
  }

  static List<String> names(GroupChat chat) {
    return chat.participants().stream().map(Agent::name).toList();
  }

  private SpeakerSelector selector(@Nullable String name) throws ProtocolException {
    SpeakerSelector selector =
        name == null ? selectors.values().iterator().next() : selectors.get(name);
    if (selector == null) {
      throw Offer.invalid(
          "'speaker_selection' must be one of: " + String.join(", ", selectors.keySet()) + ".");
    }
    return selector;
  }

  /**
   * Builds the catalogue of a hub, and checks that its names are valid and unique. Not thread-safe.
   */
  static final class Builder {

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
}

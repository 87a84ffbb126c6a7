package io.agentstream.hub;

import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.hub.CatalogueEditor.Definitions;
import io.agentstream.wire.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The agents and teams that one start can name: the server's first, then those of its user. */
final class Choosable {

  private final Offer offer;
  private final @Nullable Definitions own;

  /**
   * Reads the user's own.
   *
   * @param definitions null for none
   */
  Choosable(Offer offer, @Nullable String definitions) throws ProtocolException {
    this.offer = offer;
    this.own = definitions == null ? null : offer.read(definitions);
  }

  GroupChat team(String name) throws ProtocolException {
    GroupChat offered = offer.teams().get(name);
    return offered != null
        ? offered
        : made(Definitions::team, name)
            .orElseThrow(
                () ->
                    Offer.invalid(
                        "'team' names '"
                            + name
                            + "', which is not in the catalogue; see list_agents."));
  }

  /**
   * Returns agents.
   *
   * @param names null for all of the server
   */
  List<Agent> agents(@Nullable List<String> names) throws ProtocolException {
    if (names == null && offer.agents().isEmpty()) {
      throw Offer.invalid(
          "'team' must be one of: " + String.join(", ", offer.teams().keySet()) + ".");
    }
    if (names == null) {
      return List.copyOf(offer.agents().values());
    }
    List<Agent> agents = new ArrayList<>();
    for (String name : names) {
      agents.add(agent(name));
    }
    return agents;
  }

  private Agent agent(String name) throws ProtocolException {
    Agent offered = offer.agents().get(name);
    return offered != null
        ? offered
        : made(Definitions::agent, name)
            .orElseThrow(
                () ->
                    Offer.invalid(
                        "'agents' names '"
                            + name
                            + "', who is not in the catalogue; see list_agents."));
  }

  private <T> Optional<T> made(Building<T> building, String name) throws ProtocolException {
    Definitions definitions = own;
    if (definitions == null) {
      return Optional.empty();
    }
    try {
      return building.build(definitions, name);
    } catch (InvalidDefinitionException e) {
      throw Offer.refusal(e);
    }
  }

  private interface Building<T> {
    Optional<T> build(Definitions definitions, String name) throws InvalidDefinitionException;
  }
}

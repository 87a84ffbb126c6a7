package io.agentstream.hub;

import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the agents and teams that users of a hub make. {@code Teams.editor} of agentstream-teams
 * returns one that reads the records of team files; core knows no format. Thread-safe; no method
 * blocks.
 */
public interface CatalogueEditor {

  /** How many agents a user may make; {@link #read} and {@link Definitions} refuse more. */
  int MAX_AGENTS = 50;

  /** How many teams a user may make; {@link #read} and {@link Definitions} refuse more. */
  int MAX_TEAMS = 20;

  /** How many characters a document may have; {@link #read} and {@link Definitions} refuse more. */
  int MAX_CHARS = 128 * 1024;

  /** Returns the models that users' agents may have: names and descriptions, nothing else. */
  List<Choice> models();

  /** Returns the tools that users' agents may have: names and descriptions, nothing else. */
  List<Choice> tools();

  /**
   * Returns when runs of a team of the server end, as JSON in the words of a team file without
   * settings of extensions; null if there is no such team or its runs have no such end.
   */
  default @Nullable String endOf(String team) {
    return null;
  }

  /** Returns the colour of an agent of the server, from 0 to 7; null for any. */
  default @Nullable Integer colourOf(String agent) {
    return null;
  }

  /**
   * Reads what a user has made.
   *
   * @param document JSON of any origin, or a document of {@link Definitions}; null for nothing yet
   * @param offered the server's agents and teams, which a user's teams may contain
   * @throws InvalidDefinitionException if it has a mistake, or is larger than a user may make it
   */
  Definitions read(@Nullable String document, Offered offered) throws InvalidDefinitionException;

  /**
   * A model or a tool to choose.
   *
   * @param description one sentence; empty for none
   */
  record Choice(String name, String description) {}

  /** The server's own agents and teams, by name. */
  record Offered(Map<String, Agent> agents, Map<String, GroupChat> teams) {}

  /** The agents and teams of a user. Immutable. */
  interface Definitions {

    /** Returns all of them as JSON. */
    String document();

    /** Returns the agents, in the order in which they were first saved. */
    List<MadeAgent> agents();

    /** Returns the teams, in the order in which they were first saved. */
    List<MadeTeam> teams();

    /**
     * Builds an agent; empty if there is none of this name.
     *
     * @throws InvalidDefinitionException if it does not fit the server any more
     */
    Optional<Agent> agent(String name) throws InvalidDefinitionException;

    /**
     * Builds a team; empty if there is none of this name.
     *
     * @throws InvalidDefinitionException if it does not fit the server any more
     */
    Optional<GroupChat> team(String name) throws InvalidDefinitionException;

    /**
     * Returns these definitions with an agent more, or with another one of its name.
     *
     * @param agent a JSON object
     * @throws InvalidDefinitionException if it has a mistake
     */
    Definitions withAgent(String agent) throws InvalidDefinitionException;

    /**
     * Returns these definitions with a team more, or with another one of its name.
     *
     * @param team a JSON object
     * @throws InvalidDefinitionException if it has a mistake
     */
    Definitions withTeam(String team) throws InvalidDefinitionException;

    /**
     * Returns these definitions without an agent or team.
     *
     * @throws InvalidDefinitionException if a team contains it
     */
    Definitions without(String name) throws InvalidDefinitionException;

    /** Returns the document of these agents and teams alone, with all that the teams contain. */
    String part(List<String> names);
  }

  /**
   * An agent that a user has made.
   *
   * @param description one sentence; empty for none
   * @param colour as {@link CatalogueEditor#colourOf}
   * @param definition its JSON object, for its user
   * @param fault why it cannot be started any more; null if it can
   */
  record MadeAgent(
      String name,
      String description,
      @Nullable Integer colour,
      String definition,
      @Nullable String fault) {}

  /**
   * A team that a user has made.
   *
   * @param outline its card
   * @param definition its JSON object, for its user
   * @param endWhen as {@link CatalogueEditor#endOf}
   * @param fault why it cannot be started any more; null if it can
   */
  record MadeTeam(
      Outline outline, String definition, @Nullable String endWhen, @Nullable String fault) {}

  /**
   * A team's card.
   *
   * @param participants the names of its participants
   * @param description one sentence; empty for none
   * @param speakerSelection how the next speaker is picked
   * @param maxRounds how many rounds a run has at most
   * @param sampleTopics topics to choose from
   * @param people the names of the participants that are people
   */
  record Outline(
      String name,
      List<String> participants,
      String description,
      String speakerSelection,
      int maxRounds,
      List<String> sampleTopics,
      List<String> people) {

    /** Creates the card of a team without people. */
    public Outline(
        String name,
        List<String> participants,
        String description,
        String speakerSelection,
        int maxRounds,
        List<String> sampleTopics) {
      this(name, participants, description, speakerSelection, maxRounds, sampleTopics, List.of());
    }
  }
}

package io.agentstream.teams;

import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.termination.ExternalTermination;
import io.agentstream.hub.CatalogueEditor;
import io.agentstream.teams.internal.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The agents and group chats of a team file, and the MCP servers of its tools. Thread-safe.
 *
 * <pre>{@code
 * Teams teams = Teams.open(TeamFile.read(Path.of("review.yaml")), TeamSetup.defaults());
 * teams.chat("Review").start("Write a haiku about rain", listener);
 * }</pre>
 */
public final class Teams implements AutoCloseable {

  private final TeamFile file;
  private final List<Agent> agents;
  private final Map<String, GroupChat> chats;
  private final Map<String, ExternalTermination> externals;
  private final RealParts parts;
  private final TeamSetup setup;

  private Teams(
      TeamFile file,
      List<Agent> agents,
      Map<String, GroupChat> chats,
      RealParts parts,
      TeamSetup setup) {
    this.file = file;
    this.setup = setup;
    this.agents = List.copyOf(agents);
    this.chats = Collections.unmodifiableMap(chats);
    this.externals = Map.copyOf(parts.externals());
    this.parts = parts;
  }

  /**
   * Creates the models, starts the MCP servers, and builds the agents and chats of a file. Blocks
   * until each server has listed its tools.
   *
   * @throws TeamFileException if a variable is missing, or a model or extension refuses a setting
   */
  public static Teams open(TeamFile file, TeamSetup setup) throws TeamFileException {
    RealParts parts = new RealParts(file, setup);
    ChatBuilder builder = new ChatBuilder(file, setup, parts);
    try {
      List<Agent> agents = new ArrayList<>();
      file.agents().forEach(agent -> agents.add(builder.agent(agent)));
      Map<String, GroupChat> chats = new LinkedHashMap<>();
      file.teams().forEach(team -> chats.put(team.name(), builder.chat(team)));
      return new Teams(file, agents, chats, parts, setup);
    } catch (IllegalArgumentException | IllegalStateException e) {
      parts.close();
      throw new TeamFileException(
          "team file", List.of(new Problem(0, "", String.valueOf(e.getMessage()))));
    }
  }

  /**
   * Returns the editor for {@code ConversationHubBuilder.editor}: users make agents and teams from
   * the file's models and tools, and from its agents and teams. Creates every model of the file and
   * starts every MCP server, and blocks until each has listed its tools.
   *
   * @throws TeamFileException if a variable is missing, or a server cannot be started
   */
  public CatalogueEditor editor() throws TeamFileException {
    try {
      parts.createAll();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new TeamFileException(
          "team file", List.of(new Problem(0, "", String.valueOf(e.getMessage()))));
    }
    return new TeamEditor(file, setup, parts);
  }

  /** Ends the MCP servers; their tools then fail. Conversations go their way otherwise. */
  @Override
  public void close() {
    parts.close();
  }

  /** Returns the file. */
  public TeamFile file() {
    return file;
  }

  /** Returns the agents, in the file's order. */
  public List<Agent> agents() {
    return agents;
  }

  /** Returns the teams' chats by name, in the file's order. */
  public Map<String, GroupChat> chats() {
    return chats;
  }

  /**
   * Returns the chat of a team.
   *
   * @throws IllegalArgumentException if there is no such team
   */
  public GroupChat chat(String team) {
    GroupChat chat = chats.get(team);
    if (chat == null) {
      throw new IllegalArgumentException(
          "There is no team '" + team + "'; known: " + String.join(", ", chats.keySet()));
    }
    return chat;
  }

  /**
   * Returns the condition that {@code end_when: {external: name}} names; setting it ends the runs.
   *
   * @throws IllegalArgumentException if no team has such a condition
   */
  public ExternalTermination external(String name) {
    ExternalTermination condition = externals.get(name);
    if (condition == null) {
      throw new IllegalArgumentException("No team has an external condition '" + name + "'");
    }
    return condition;
  }
}

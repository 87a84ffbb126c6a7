package io.agentstream.examples.server;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.examples.config.AgentSpec;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.ModelServer;
import io.agentstream.examples.config.ServerConfig;
import io.agentstream.examples.config.TeamSource;
import io.agentstream.hub.CatalogueEditor;
import io.agentstream.teams.TeamFile;
import io.agentstream.teams.TeamFileException;
import io.agentstream.teams.Teams;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The available agents, each with a model.
 *
 * @param agents in speaking order
 * @param teams the chats that can be started by name
 * @param models their models
 * @param config the rest of the configuration
 * @param parts the models and tools of the team file, or of an empty one
 */
public record AgentCatalogue(
    List<Agent> agents,
    Map<String, GroupChat> teams,
    Models models,
    ServerConfig config,
    Teams parts)
    implements AutoCloseable {

  private static final TeamSource NO_FILE =
      new TeamSource(
          Path.of("agents"), new TeamFile(null, 1, Map.of(), Map.of(), List.of(), List.of()));

  /**
   * Returns the agents of {@code config}, or the built-in ones, with their models.
   *
   * @param environment names the default model server and has the keys
   * @throws ConfigException if an environment variable is wrong, or one that an agent names is not
   *     set
   */
  public static AgentCatalogue of(ServerConfig config, Map<String, String> environment)
      throws ConfigException {
    Models models = new Models(ModelServer.from(environment), config.timeouts(), environment);
    if (config.teams() != null) {
      return of(config.teams(), models, config);
    }
    List<AgentSpec> specs = config.agents().isEmpty() ? DefaultAgents.LIST : config.agents();
    List<Agent> agents = new ArrayList<>();
    for (AgentSpec spec : specs) {
      agents.add(agent(spec, models));
    }
    Teams none = TeamModels.open(NO_FILE, models, config);
    return new AgentCatalogue(List.copyOf(agents), Map.of(), models, config, none);
  }

  private static AgentCatalogue of(TeamSource source, Models models, ServerConfig config)
      throws ConfigException {
    Teams teams = TeamModels.open(source, models, config);
    return new AgentCatalogue(teams.agents(), teams.chats(), models, config, teams);
  }

  /** Ends the tools' servers and the demo model. */
  @Override
  public void close() {
    parts.close();
    models.close();
  }

  /** Returns what ends the servers of the agents' tools. */
  Runnable tools() {
    return parts::close;
  }

  /**
   * Returns what reads the agents and teams that users make.
   *
   * @throws ConfigException if a model or a tool that no agent has so far cannot be used
   */
  CatalogueEditor editor() throws ConfigException {
    try {
      return parts.editor();
    } catch (TeamFileException e) {
      throw new ConfigException(e.problems().get(0));
    }
  }

  /**
   * Returns the catalogue with another team file, and with the same models where their settings are
   * the same.
   *
   * @throws ConfigException if an environment variable that the file names is not set
   */
  AgentCatalogue with(TeamSource source) throws ConfigException {
    return of(source, models, config.with(source));
  }

  /**
   * Returns the available speaker selections. The demo model can play a part but cannot judge, so
   * neither handing over nor a selection by a model is offered with it. A selection by a model also
   * needs the model server of the environment: an agent's own server is only for this agent.
   */
  public SpeakerSelector[] speakerSelectors() {
    List<SpeakerSelector> selectors =
        new ArrayList<>(
            List.of(
                SpeakerSelector.roundRobin(),
                SpeakerSelector.random(),
                SpeakerSelector.manual(),
                SpeakerSelector.parallelRound()));
    if (!models.isDemo()) {
      Optional<StreamingChatModel> judge = models.ofServerUnlessDemo();
      judge.map(SpeakerSelector::model).ifPresent(selectors::add);
      selectors.add(SpeakerSelector.handoff().toUser());
      judge.map(SpeakerSelector::planner).ifPresent(selectors::add);
    }
    return selectors.toArray(SpeakerSelector[]::new);
  }

  /** Returns each model once with its agents, in the order of first use. */
  public List<ConfiguredModel> distinctModels() {
    Map<StreamingChatModel, List<Agent>> users = new LinkedHashMap<>();
    for (Agent agent : agents) {
      if (agent.model() != null) {
        users.computeIfAbsent(agent.model(), unused -> new ArrayList<>()).add(agent);
      }
    }
    models.ofServerUnlessDemo().ifPresent(model -> users.putIfAbsent(model, List.of()));
    return users.entrySet().stream()
        .map(
            use ->
                new ConfiguredModel(
                    models.labelOf(use.getKey()), use.getKey(), List.copyOf(use.getValue())))
        .toList();
  }

  private static Agent agent(AgentSpec spec, Models models) throws ConfigException {
    Agent.Builder agent =
        Agent.builder(spec.name())
            .description(spec.description())
            .systemPrompt(spec.systemPrompt())
            .model(models.of(spec.model()))
            .thoughtsInText(spec.model().thoughtsInText());
    if (spec.temperature() != null) {
      agent.temperature(spec.temperature());
    }
    if (spec.maxTokens() != null) {
      agent.maxTokens(spec.maxTokens());
    }
    return agent.build();
  }
}

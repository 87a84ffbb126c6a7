package io.agentstream.examples.server;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.ModelSpec;
import io.agentstream.examples.config.Provider;
import io.agentstream.examples.config.ServerConfig;
import io.agentstream.examples.config.TeamSource;
import io.agentstream.teams.ModelFactory;
import io.agentstream.teams.TeamFileException;
import io.agentstream.teams.TeamSetup;
import io.agentstream.teams.Teams;
import java.util.LinkedHashMap;
import java.util.Map;

/** Creates the models of a team file as those of the server's settings. */
final class TeamModels implements ModelFactory {

  private final Models models;

  private TeamModels(Models models) {
    this.models = models;
  }

  /**
   * Builds the agents and teams of a file.
   *
   * @throws ConfigException if a variable is missing, or an extension refuses a setting
   */
  static Teams open(TeamSource source, Models models, ServerConfig config) throws ConfigException {
    try {
      return Teams.open(
          source.file(),
          TeamSetup.builder()
              .modelFactory(new TeamModels(models))
              .timeouts(config.timeouts())
              .limits(config.limits())
              .build());
    } catch (TeamFileException e) {
      throw new ConfigException(source.path() + ": " + e.problems().get(0));
    }
  }

  @Override
  public StreamingChatModel create(
      io.agentstream.teams.ModelSpec spec, Map<String, String> environment) {
    try {
      return models.of(settings(spec));
    } catch (ConfigException e) {
      throw new IllegalArgumentException(e.reason(), e);
    }
  }

  private static ModelSpec settings(io.agentstream.teams.ModelSpec spec) {
    Map<String, String> headers = new LinkedHashMap<>();
    spec.headers()
        .forEach(
            (name, value) ->
                headers.put(
                    name,
                    value.env() == null ? String.valueOf(value.text()) : "${" + value.env() + "}"));
    return new ModelSpec(
        spec.provider() == null ? Provider.OPENAI : Provider.valueOf(spec.provider().name()),
        spec.model(),
        spec.baseUrl(),
        spec.apiKeyEnv(),
        headers,
        spec.parameters(),
        spec.maxTokensField(),
        true,
        !Boolean.FALSE.equals(spec.sendReasoning()));
  }
}

package io.agentstream.examples.terminal;

import dev.langchain4j.model.chat.StreamingChatModel;
import io.agentstream.chat.Agent;
import io.agentstream.chat.ModelCheck;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.ConfigFile;
import io.agentstream.examples.config.ServerConfig;
import io.agentstream.examples.server.AgentCatalogue;
import io.agentstream.examples.server.ConfiguredModel;
import java.time.Duration;
import java.util.List;

/** Checks each model of the configuration once, before users need it. */
public final class CheckCommand {

  private static final int FAILED = 1;

  private CheckCommand() {}

  /**
   * Prints a line for each model as soon as its result is known.
   *
   * @param args the arguments after {@code check}
   * @return the exit code: 0, or 1 if a model cannot be used
   * @throws ConfigException if an option or the configuration file is wrong
   */
  public static int run(List<String> args) throws ConfigException {
    CheckOptions options = CheckOptions.parse(args);
    if (options.help()) {
      System.out.println(CheckOptions.USAGE);
      return 0;
    }
    ServerConfig config = ConfigFile.readOrDefaults(options.config());
    AgentCatalogue catalogue = AgentCatalogue.of(config, System.getenv());
    try {
      return check(catalogue.distinctModels(), options.timeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    } finally {
      catalogue.close();
    }
  }

  private static int check(List<ConfiguredModel> models, Duration timeout)
      throws InterruptedException {
    int exit = 0;
    for (ConfiguredModel model : models) {
      ModelCheck check = check(model, timeout);
      System.out.println(CheckLine.of(model, check));
      exit = check.isUsable() ? exit : FAILED;
    }
    return exit;
  }

  /** Checks with an agent's temperature if one is set, because a server may refuse it. */
  private static ModelCheck check(ConfiguredModel configured, Duration timeout)
      throws InterruptedException {
    StreamingChatModel model = configured.model();
    for (Agent agent : configured.agents()) {
      if (agent.temperature() != null) {
        return ModelCheck.of(agent, timeout);
      }
    }
    return ModelCheck.of(model, timeout);
  }
}

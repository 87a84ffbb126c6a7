package io.agentstream.examples.server;

import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.ConfigFile;
import io.agentstream.examples.config.Options;
import io.agentstream.examples.config.ServerConfig;
import java.util.Map;

/**
 * The settings of a server from all three places.
 *
 * @param options from the command line
 * @param config from the configuration file, with what the other two change
 * @param environment the environment variables
 */
record Startup(Options options, ServerConfig config, Map<String, String> environment) {

  /**
   * Reads the configuration file, if the options name one.
   *
   * @throws ConfigException if a setting is wrong
   */
  static Startup of(Options options, Map<String, String> environment) throws ConfigException {
    ServerConfig read = ConfigFile.readOrDefaults(options.config());
    String redis = options.redis() == null ? environment.get("REDIS_URL") : options.redis();
    ServerConfig config =
        read.with(
            read.redis().at(redis),
            read.store().with(options),
            read.http().withHosts(options.hosts()),
            read.observation().with(environment));
    return new Startup(options, config, environment);
  }

  /**
   * Starts the server.
   *
   * @throws ConfigException if a setting is wrong, or the server cannot listen or reach its Redis
   */
  ReferenceServer start() throws ConfigException {
    Visitors visitors = Visitors.of(options, config, environment);
    return ReferenceServer.start(
        options.host(),
        options.port(),
        AgentCatalogue.of(config, environment),
        visitors,
        Observation.start(config.observation(), config.quotas(), environment));
  }
}

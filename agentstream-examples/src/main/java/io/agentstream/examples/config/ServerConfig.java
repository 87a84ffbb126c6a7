package io.agentstream.examples.config;

import io.agentstream.settings.Limits;
import io.agentstream.settings.Timeouts;
import java.util.List;

/**
 * What a configuration file says; what it leaves out has its default.
 *
 * @param agents the catalogue, in speaking order; empty for the built-in one
 */
public record ServerConfig(
    List<AgentSpec> agents, Limits limits, Timeouts timeouts, RedisSpec redis) {

  /** Keeps a copy of {@code agents}. */
  public ServerConfig {
    agents = List.copyOf(agents);
  }

  /** The same on another Redis. */
  public ServerConfig at(RedisSpec other) {
    return new ServerConfig(agents, limits, timeouts, other);
  }

  /** Without a file. */
  public static ServerConfig defaults() {
    return new ServerConfig(List.of(), Limits.defaults(), Timeouts.defaults(), RedisSpec.none());
  }
}

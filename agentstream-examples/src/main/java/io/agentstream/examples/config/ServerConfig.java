package io.agentstream.examples.config;

import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.settings.Timeouts;
import java.util.List;

/**
 * What a configuration file says; what it leaves out has its default.
 *
 * @param agents the catalogue, in speaking order; empty for the built-in one
 * @param delivery how conversations reach viewers
 * @param allowedOrigins whose pages may connect; empty for the server's own alone
 * @param auth who may use it
 * @param redis what it shares with other servers
 * @param http how it meets the network
 * @param observation what is told to whoever runs it
 */
public record ServerConfig(
    List<AgentSpec> agents,
    Limits limits,
    Quotas quotas,
    Timeouts timeouts,
    DeliveryConfig delivery,
    List<String> allowedOrigins,
    AuthConfig auth,
    RedisSpec redis,
    HttpSpec http,
    ObservationConfig observation) {

  /** Keeps copies of the lists. */
  public ServerConfig {
    agents = List.copyOf(agents);
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  /** The same on another Redis. */
  public ServerConfig at(RedisSpec other) {
    return new ServerConfig(
        agents, limits, quotas, timeouts, delivery, allowedOrigins, auth, other, http, observation);
  }

  /** The same, observed otherwise. */
  public ServerConfig observed(ObservationConfig other) {
    return new ServerConfig(
        agents, limits, quotas, timeouts, delivery, allowedOrigins, auth, redis, http, other);
  }

  /** The same, under other names or within other bounds of HTTP. */
  public ServerConfig at(HttpSpec other) {
    return new ServerConfig(
        agents,
        limits,
        quotas,
        timeouts,
        delivery,
        allowedOrigins,
        auth,
        redis,
        other,
        observation);
  }

  /** Without a file. */
  public static ServerConfig defaults() {
    return new ServerConfig(
        List.of(),
        Limits.defaults(),
        Quotas.defaults(),
        Timeouts.defaults(),
        DeliveryConfig.defaults(),
        List.of(),
        AuthConfig.defaults(),
        RedisSpec.none(),
        HttpSpec.defaults(),
        ObservationConfig.defaults());
  }
}

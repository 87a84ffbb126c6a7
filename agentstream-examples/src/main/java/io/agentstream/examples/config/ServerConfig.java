package io.agentstream.examples.config;

import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.settings.Timeouts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a configuration file. Missing values have their defaults.
 *
 * @param agents the catalogue, in speaking order; empty for the built-in one
 * @param delivery the settings for delivery to viewers
 * @param allowedOrigins the origins whose pages may connect; empty for the server's own only
 * @param auth who may use it
 * @param redis the Redis that it shares with other servers
 * @param store where conversations are kept
 * @param http the network settings
 * @param observation metrics, log and traces
 * @param teams the team file; null for agents alone
 * @param edit who may make agents and teams
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
    StoreSpec store,
    HttpSpec http,
    ObservationConfig observation,
    @Nullable TeamSource teams,
    CatalogueEdit edit) {

  /** Keeps copies of the lists. */
  public ServerConfig {
    agents = List.copyOf(agents);
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  /** Returns the same configuration with what the command line and the environment change. */
  public ServerConfig with(
      RedisSpec otherRedis,
      StoreSpec otherStore,
      HttpSpec otherHttp,
      ObservationConfig otherObservation) {
    return new ServerConfig(
        agents,
        limits,
        quotas,
        timeouts,
        delivery,
        allowedOrigins,
        auth,
        otherRedis,
        otherStore,
        otherHttp,
        otherObservation,
        teams,
        edit);
  }

  /** Returns the same configuration with a team file. */
  public ServerConfig with(TeamSource file) {
    return new ServerConfig(
        agents,
        limits,
        quotas,
        timeouts,
        delivery,
        allowedOrigins,
        auth,
        redis,
        store,
        http,
        observation,
        file,
        edit);
  }

  /** Returns the configuration without a file. */
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
        StoreSpec.inMemory(),
        HttpSpec.defaults(),
        ObservationConfig.defaults(),
        null,
        CatalogueEdit.OWNER);
  }
}

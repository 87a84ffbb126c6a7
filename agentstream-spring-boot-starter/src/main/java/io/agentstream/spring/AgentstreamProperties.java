package io.agentstream.spring;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties that begin with {@code agentstream}.
 *
 * @param enabled Whether the hub and its endpoint exist.
 * @param strict Whether a property that begins with agentstream and does not exist stops the start;
 *     otherwise it is logged.
 * @param path Path of the WebSocket endpoint, relative to the context path.
 * @param teams Team file, such as classpath:teams.yaml; needs agentstream-teams.
 * @param anonymous Whether viewers without a login may connect. By default they may unless Spring
 *     Security is present.
 * @param allowedOrigins Origins whose pages may connect, such as https://chat.example.com; by
 *     default only the server's own.
 * @param allowedHosts Host names of this server; by default any.
 * @param defaultMaxRounds Rounds of a conversation whose start sets none.
 * @param originalDialect Whether clients without a subprotocol may connect.
 * @param flushInterval How long a token may wait for the next ones, up to a second.
 * @param http The hub over plain HTTP.
 * @param model Model for an OpenAI-compatible server.
 * @param store Conversations kept in a database.
 * @param redis Conversations shared with other nodes.
 * @param limits Bounds on sizes and numbers.
 * @param quotas Quotas of users.
 * @param timeouts Time limits.
 */
@ConfigurationProperties("agentstream")
record AgentstreamProperties(
    @DefaultValue("true") boolean enabled,
    @DefaultValue("true") boolean strict,
    @DefaultValue("/ws") String path,
    @Nullable String teams,
    @Nullable Boolean anonymous,
    @DefaultValue List<String> allowedOrigins,
    @DefaultValue List<String> allowedHosts,
    @DefaultValue("3") int defaultMaxRounds,
    @DefaultValue("true") boolean originalDialect,
    @DefaultValue("0ms") Duration flushInterval,
    @DefaultValue Http http,
    @DefaultValue Model model,
    @DefaultValue Kept store,
    @DefaultValue Redis redis,
    @NestedConfigurationProperty @DefaultValue LimitsProperties limits,
    @NestedConfigurationProperty @DefaultValue QuotasProperties quotas,
    @NestedConfigurationProperty @DefaultValue TimeoutsProperties timeouts) {

  /**
   * The doors of agentstream-http.
   *
   * @param enabled Whether the hub is served over plain HTTP as well; needs agentstream-http.
   * @param prefix Prefix of the doors' paths, such as /chat for /chat/api and /chat/v1. Without
   *     one, controllers of the application under /api and /v1 are not reached.
   */
  record Http(@DefaultValue("false") boolean enabled, @DefaultValue("") String prefix) {}

  /**
   * The model that the starter makes where the application has none.
   *
   * @param baseUrl Base URL of an OpenAI-compatible server, such as http://localhost:11434/v1.
   * @param apiKey Key for the server.
   * @param name Name of the model.
   */
  record Model(
      @Nullable String baseUrl, @Nullable String apiKey, @DefaultValue("gpt-4o-mini") String name) {

    /** Returns a text without the key. */
    @Override
    public String toString() {
      return "Model[" + baseUrl + ", " + name + "]";
    }
  }

  /**
   * The store; needs agentstream-jdbc.
   *
   * @param enabled Whether conversations are kept in the application's DataSource or in the folder.
   * @param folder Folder for an H2 database in place of the application's DataSource.
   * @param keep How long an ended conversation is kept; 0 for ever.
   * @param holdAfter How long conversations continue while the database takes no writes.
   */
  record Kept(
      @DefaultValue("true") boolean enabled,
      @Nullable String folder,
      @DefaultValue("90d") Duration keep,
      @DefaultValue("10s") Duration holdAfter) {}

  /**
   * The nodes' Redis; needs agentstream-redis.
   *
   * @param url URL of Redis, such as redis://localhost; without it this node shares nothing.
   * @param prefix Prefix of all keys and channels.
   * @param lease How long a node counts as alive after its last sign of life.
   * @param holdAfter How long conversations continue without Redis.
   * @param keep How long a conversation stays in Redis after the last node has released it.
   * @param commandTimeout How long Redis may take for a command.
   */
  record Redis(
      @Nullable String url,
      @DefaultValue("agentstream") String prefix,
      @DefaultValue("5s") Duration lease,
      @DefaultValue("10s") Duration holdAfter,
      @DefaultValue("1h") Duration keep,
      @DefaultValue("2s") Duration commandTimeout) {

    /** Returns a text without the URL, which may hold a password. */
    @Override
    public String toString() {
      return "Redis[" + prefix + "]";
    }
  }
}

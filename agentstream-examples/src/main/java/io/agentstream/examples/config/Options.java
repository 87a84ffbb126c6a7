package io.agentstream.examples.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param port the port to listen on; 0 for any free port
 * @param host the address to listen on
 * @param config the configuration file; null for the defaults
 * @param redis the Redis shared with other servers; null for the configuration's
 * @param data the folder that keeps the conversations; null for the configuration's
 * @param inMemory true to keep conversations in memory only
 * @param hosts names that the server answers for beside this machine's own and the configured ones
 * @param insecure true to listen on other addresses without authentication
 * @param help true to print only the usage
 */
public record Options(
    int port,
    String host,
    @Nullable Path config,
    @Nullable String redis,
    @Nullable Path data,
    boolean inMemory,
    List<String> hosts,
    boolean insecure,
    boolean help) {

  /** The output of {@code --help}. */
  public static final String USAGE =
      """
      Usage: java -jar agentstream-server.jar [options]
             java -jar agentstream-server.jar chat TOPIC   (see chat --help)
             java -jar agentstream-server.jar check        (tries the models; see check --help)
             java -jar agentstream-server.jar validate FILE   (checks a team file)
             java -jar agentstream-server.jar backup --to FILE   (of a running server)

        --port PORT     where to listen; 0 takes a free port (default 8080)
        --host HOST     the address to listen at (default 127.0.0.1)
        --config FILE   agents, limits, timeouts and who may use it, as JSON; or a team file
        --hosts NAMES   names that it answers for beside localhost, comma-separated
        --data DIR      the folder that keeps the conversations (default agentstream-data)
        --in-memory     keep conversations in memory; they end with the server
        --redis URL     share conversations with other servers on this Redis
        --insecure-no-authentication
                        listen beyond this machine without asking who comes
        --help          this text

      Environment:
        OPENAI_API_KEY   the key for the model server
        OPENAI_BASE_URL  any OpenAI-compatible server (default https://api.openai.com/v1)
        OPENAI_MODEL     the model of agents that name none (default gpt-4o-mini)
        ANTHROPIC_API_KEY, GEMINI_API_KEY  the keys for agents with "provider": "anthropic"
                                           or "gemini"; "ollama" needs none
        http_proxy, https_proxy, all_proxy, no_proxy  the proxy to the model servers
        AGENTSTREAM_TOKENS  who may use the server: user:token,user:token,…
        REDIS_URL           as --redis, for a URL with a password
        AGENTSTREAM_LOG_FORMAT  text or json (default text)
        OTEL_EXPORTER_OTLP_ENDPOINT  where traces go, with the other OTEL_… variables

      Without a key and a base URL a built-in demo model talks.\
      """;

  private static final int MAX_PORT = 65_535;

  /**
   * Reads a command line.
   *
   * @throws ConfigException if an option is unknown or its value is invalid
   */
  public static Options parse(String... args) throws ConfigException {
    Options options =
        new Options(8080, "127.0.0.1", null, null, null, false, List.of(), false, false);
    Arguments arguments = new Arguments(List.of(args), "--help");
    while (arguments.hasNext()) {
      options = options.with(arguments.next(), arguments);
    }
    if (options.redis != null && options.data != null) {
      throw ConfigException.at(
          "--data", "several servers need one database: with --redis, name it as store.url");
    }
    if (options.inMemory && options.data != null) {
      throw ConfigException.at("--in-memory", "contradicts --data");
    }
    return options;
  }

  private Options with(String option, Arguments rest) throws ConfigException {
    return switch (option) {
      case "--hosts" -> withHosts(namesOf(rest.value(option)));
      case "--port" -> at(rest.number(option, 0, MAX_PORT), host);
      case "--host" -> at(port, rest.value(option));
      case "--config" ->
          new Options(port, host, rest.path(option), redis, data, inMemory, hosts, insecure, help);
      case "--redis" ->
          new Options(
              port, host, config, rest.value(option), data, inMemory, hosts, insecure, help);
      case "--data" -> keeping(rest.path(option), inMemory);
      case "--in-memory" -> keeping(data, true);
      case "--insecure-no-authentication" ->
          new Options(port, host, config, redis, data, inMemory, hosts, true, help);
      case "--help", "-h" ->
          new Options(port, host, config, redis, data, inMemory, hosts, insecure, true);
      default -> throw rest.unknown(option);
    };
  }

  private Options at(int otherPort, String otherHost) {
    return new Options(otherPort, otherHost, config, redis, data, inMemory, hosts, insecure, help);
  }

  private Options withHosts(List<String> others) {
    return new Options(port, host, config, redis, data, inMemory, others, insecure, help);
  }

  private Options keeping(@Nullable Path folder, boolean nowhere) {
    return new Options(port, host, config, redis, folder, nowhere, hosts, insecure, help);
  }

  private static List<String> namesOf(String value) throws ConfigException {
    return ServerSection.checked(List.of(value.split(",", -1)), "--hosts");
  }
}

package io.agentstream.examples.config;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The address and credentials of an agent's model server. A key is sent only to its own host:
 * {@code OPENAI_API_KEY} to the server of {@code OPENAI_BASE_URL}, a provider's usual key to the
 * provider's default address, and an agent's own key to the agent's server.
 *
 * @param baseUrl its base URL; null for the built-in demo model
 * @param apiKey the key; null for none
 * @param headers headers for each request
 */
public record ModelAccess(
    @Nullable String baseUrl, @Nullable String apiKey, Map<String, String> headers) {

  /**
   * Determines address and credentials for an agent.
   *
   * @throws ConfigException if an environment variable that the agent names is not set
   */
  public static ModelAccess of(ModelSpec model, ModelServer server, Map<String, String> environment)
      throws ConfigException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, String> header : model.headers().entrySet()) {
      headers.put(
          header.getKey(), ModelSection.expand(header.getKey(), header.getValue(), environment));
    }
    boolean openAi = model.provider() == Provider.OPENAI;
    String usual = openAi ? server.baseUrl() : model.provider().baseUrl();
    String url = model.baseUrl() == null ? usual : model.baseUrl();
    return new ModelAccess(url, key(model, server, url, environment), headers);
  }

  private static @Nullable String key(
      ModelSpec model, ModelServer server, @Nullable String url, Map<String, String> environment)
      throws ConfigException {
    String variable = model.apiKeyEnv();
    if (variable == null && model.provider() != Provider.OPENAI) {
      return usualKey(model.provider(), url, environment);
    }
    if (variable == null) {
      return isSameHost(url, server.baseUrl()) ? server.apiKey() : null;
    }
    return required(
        variable,
        environment,
        "api_key_env",
        "the environment variable " + variable + " is not set, or blank");
  }

  private static @Nullable String usualKey(
      Provider provider, @Nullable String url, Map<String, String> environment)
      throws ConfigException {
    String variable = provider.keyVariable();
    if (variable == null || !isSameHost(url, provider.baseUrl())) {
      return null;
    }
    return required(
        variable,
        environment,
        "provider",
        provider.key()
            + " needs a key: set the environment variable "
            + variable
            + ", or name another as api_key_env");
  }

  private static String required(
      String variable, Map<String, String> environment, String place, String reason)
      throws ConfigException {
    String key = environment.getOrDefault(variable, "").strip();
    if (key.isEmpty()) {
      throw ConfigException.at(place, reason);
    }
    return key;
  }

  private static boolean isSameHost(@Nullable String url, @Nullable String other) {
    return url != null && other != null && origin(url).equals(origin(other));
  }

  private static String origin(String url) {
    URI uri = URI.create(url.strip());
    String scheme = Objects.requireNonNullElse(uri.getScheme(), "").toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    int port = uri.getPort() == -1 ? usual : uri.getPort();
    return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
  }

  /** Returns a text without the key and the headers. */
  @Override
  public String toString() {
    return "ModelAccess[" + baseUrl + "]";
  }
}

package io.agentstream.examples.config;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAI-compatible server that agents talk through unless they name another.
 *
 * @param baseUrl where it is; null for the built-in demo model
 * @param apiKey what it is shown
 * @param model the model of agents that name none
 */
public record ModelServer(@Nullable String baseUrl, String apiKey, String model) {

  private static final String OPENAI = "https://api.openai.com/v1";
  private static final String DEFAULT_MODEL = "gpt-4o-mini";

  /** For servers that ask for no key, such as Ollama: some key must be sent all the same. */
  private static final String NO_KEY = "none";

  static final String URL_RULE =
      "must be a URL that begins with http:// or https://, such as http://localhost:11434/v1";

  /**
   * Reads {@code OPENAI_API_KEY}, {@code OPENAI_BASE_URL} and {@code OPENAI_MODEL}; blank counts as
   * absent.
   *
   * @throws ConfigException if the base URL is none
   */
  public static ModelServer from(Map<String, String> environment) throws ConfigException {
    String key = environment.getOrDefault("OPENAI_API_KEY", "").strip();
    String url = environment.getOrDefault("OPENAI_BASE_URL", "").strip();
    String model = environment.getOrDefault("OPENAI_MODEL", "").strip();
    if (!url.isEmpty() && !isHttpUrl(url)) {
      throw ConfigException.at("OPENAI_BASE_URL", URL_RULE);
    }
    String withoutUrl = key.isEmpty() ? null : OPENAI;
    return new ModelServer(
        url.isEmpty() ? withoutUrl : url,
        key.isEmpty() ? NO_KEY : key,
        model.isEmpty() ? DEFAULT_MODEL : model);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ModelServer[" + baseUrl + ", " + model + "]";
  }

  static boolean isHttpUrl(String text) {
    try {
      URI uri = URI.create(text);
      boolean http = "http".equalsIgnoreCase(uri.getScheme());
      return (http || "https".equalsIgnoreCase(uri.getScheme())) && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

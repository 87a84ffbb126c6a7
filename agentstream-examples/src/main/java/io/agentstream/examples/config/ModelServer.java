package io.agentstream.examples.config;

import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAI-compatible server of agents without their own.
 *
 * @param baseUrl its base URL; null for the built-in demo model
 * @param apiKey the key, which is sent only to this server, or null
 * @param model the model of agents without their own
 */
public record ModelServer(@Nullable String baseUrl, @Nullable String apiKey, String model) {

  private static final String OPENAI = "https://api.openai.com/v1";
  private static final String DEFAULT_MODEL = "gpt-4o-mini";

  private static final String KEY_RULE = "the server's key as OPENAI_API_KEY";
  static final String URL_RULE =
      "must be a URL that begins with http:// or https://, such as http://localhost:11434/v1";

  private static final String NO_USER =
      "must not hold a user or password, which would not be sent; leave out what stands before the"
          + " @, and give ";

  /**
   * Reads {@code OPENAI_API_KEY}, {@code OPENAI_BASE_URL} and {@code OPENAI_MODEL}; blank counts as
   * absent.
   *
   * @throws ConfigException if the base URL is invalid
   */
  public static ModelServer from(Map<String, String> environment) throws ConfigException {
    String key = environment.getOrDefault("OPENAI_API_KEY", "").strip();
    String url = environment.getOrDefault("OPENAI_BASE_URL", "").strip();
    String model = environment.getOrDefault("OPENAI_MODEL", "").strip();
    if (!url.isEmpty()) {
      checkBaseUrl(url, "OPENAI_BASE_URL", KEY_RULE);
    }
    String withoutUrl = key.isEmpty() ? null : OPENAI;
    return new ModelServer(
        url.isEmpty() ? withoutUrl : url,
        key.isEmpty() ? null : key,
        model.isEmpty() ? DEFAULT_MODEL : model);
  }

  /** Returns a text without the key. */
  @Override
  public String toString() {
    return "ModelServer[" + baseUrl + ", " + model + "]";
  }

  /**
   * Checks the base URL of a model server.
   *
   * @param place its key, for the error message
   * @param key what to give in place of a user and password
   * @throws ConfigException with a correct alternative
   */
  static void checkBaseUrl(String url, String place, String key) throws ConfigException {
    checkUrl(url, place, URL_RULE, key);
    try {
      var unused = OpenAiCompatibleModel.builder().baseUrl(url);
    } catch (IllegalArgumentException e) {
      String reason = String.valueOf(e.getMessage()).replaceFirst("^The base URL ", "");
      throw ConfigException.at(place, reason);
    }
  }

  /**
   * Checks a URL to which the server connects. The error message does not quote the URL, because it
   * may contain a password.
   *
   * @param place its key, for the error message
   * @param rule the message for an invalid URL
   * @param instead the alternative to a user and password, to follow "give"
   */
  static void checkUrl(String text, String place, String rule, String instead)
      throws ConfigException {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw ConfigException.at(place, rule);
    }
    boolean http = "http".equalsIgnoreCase(uri.getScheme());
    if (!(http || "https".equalsIgnoreCase(uri.getScheme())) || uri.getRawAuthority() == null) {
      throw ConfigException.at(place, rule);
    }
    if (uri.getRawAuthority().contains("@")) {
      throw ConfigException.at(place, NO_USER + instead);
    }
    if (uri.getHost() == null) {
      throw ConfigException.at(place, rule);
    }
  }
}

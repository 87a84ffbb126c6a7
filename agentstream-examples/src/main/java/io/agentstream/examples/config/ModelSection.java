package io.agentstream.examples.config;

import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the settings of an agent's model. */
final class ModelSection {

  static final Set<String> KEYS =
      Set.of(
          "provider",
          "model",
          "base_url",
          "api_key_env",
          "headers",
          "parameters",
          "max_tokens_field",
          "thoughts_in_text",
          "send_reasoning");

  private static final String KEY_RULE =
      "the name of the environment variable with the key as api_key_env";

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private ModelSection() {}

  static ModelSpec read(Section section) throws ConfigException {
    Provider provider = Provider.read(section);
    boolean openAi = provider == Provider.OPENAI;
    return new ModelSpec(
        provider,
        openAi ? section.text("model") : section.requiredText("model"),
        baseUrl(section, openAi),
        section.text("api_key_env"),
        headers(section),
        ProviderParameters.checked(section, provider),
        openAi ? maxTokensField(section) : noMaxTokensField(section),
        Objects.requireNonNullElse(section.yesOrNo("thoughts_in_text"), true),
        Objects.requireNonNullElse(section.yesOrNo("send_reasoning"), true));
  }

  private static @Nullable String baseUrl(Section section, boolean openAi) throws ConfigException {
    String url = section.text("base_url");
    String place = section.placeOf("base_url");
    if (url != null && openAi) {
      ModelServer.checkBaseUrl(url, place, KEY_RULE);
    } else if (url != null) {
      ModelServer.checkUrl(url, place, ModelServer.URL_RULE, KEY_RULE);
    }
    return url;
  }

  private static @Nullable String noMaxTokensField(Section section) throws ConfigException {
    if (section.text("max_tokens_field") != null) {
      throw section.wrong("max_tokens_field", "is for the provider openai alone; leave it out");
    }
    return null;
  }

  private static Map<String, String> headers(Section section) throws ConfigException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, Object> header : section.values("headers").entrySet()) {
      if (!(header.getValue() instanceof String value)) {
        throw section.wrong("headers", "each must be a text");
      }
      headers.put(header.getKey(), value);
      try {
        var unused =
            OpenAiCompatibleModel.builder()
                .header(header.getKey(), VARIABLE.matcher(value).replaceAll("x"));
      } catch (IllegalArgumentException e) {
        throw section.wrong("headers", "one is no header that can be sent");
      }
    }
    return headers;
  }

  /**
   * Replaces {@code ${NAME}} in a header's value by environment variables.
   *
   * @throws ConfigException if a variable is not set
   */
  static String expand(String header, String value, Map<String, String> environment)
      throws ConfigException {
    StringBuilder expanded = new StringBuilder();
    Matcher matcher = VARIABLE.matcher(value);
    while (matcher.find()) {
      String found = environment.get(matcher.group(1));
      if (found == null || found.isBlank()) {
        throw ConfigException.at(
            "headers." + header,
            "the environment variable " + matcher.group(1) + " is not set, or blank");
      }
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(found.strip()));
    }
    return matcher.appendTail(expanded).toString();
  }

  private static @Nullable String maxTokensField(Section section) throws ConfigException {
    String name = section.text("max_tokens_field");
    try {
      if (name != null) {
        var unused = OpenAiCompatibleModel.builder().maxTokensField(name);
      }
      return name;
    } catch (IllegalArgumentException e) {
      throw section.wrong("max_tokens_field", "must be max_tokens or max_completion_tokens");
    }
  }
}

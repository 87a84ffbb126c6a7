package io.agentstream.examples.config;

import io.agentstream.upstream.openai.OpenAiCompatibleModel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how an agent's model is asked. */
final class ModelSection {

  static final Set<String> KEYS =
      Set.of(
          "model",
          "base_url",
          "api_key_env",
          "headers",
          "parameters",
          "max_tokens_field",
          "thoughts_in_text",
          "send_reasoning");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private ModelSection() {}

  static ModelSpec read(Section section) throws ConfigException {
    return new ModelSpec(
        section.text("model"),
        baseUrl(section),
        section.text("api_key_env"),
        headers(section),
        section.values("parameters"),
        maxTokensField(section),
        Objects.requireNonNullElse(section.yesOrNo("thoughts_in_text"), true),
        Objects.requireNonNullElse(section.yesOrNo("send_reasoning"), true));
  }

  private static @Nullable String baseUrl(Section section) throws ConfigException {
    String url = section.text("base_url");
    if (url != null) {
      ModelServer.checkBaseUrl(url, section.placeOf("base_url"));
    }
    return url;
  }

  private static Map<String, String> headers(Section section) throws ConfigException {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Map.Entry<String, Object> header : section.values("headers").entrySet()) {
      if (!(header.getValue() instanceof String value)) {
        throw section.wrong("headers." + header.getKey(), "must be a text");
      }
      headers.put(header.getKey(), value);
      try {
        var unused =
            OpenAiCompatibleModel.builder()
                .header(header.getKey(), VARIABLE.matcher(value).replaceAll("x"));
      } catch (IllegalArgumentException e) {
        throw section.wrong("headers." + header.getKey(), "is no header that can be sent");
      }
    }
    return headers;
  }

  /**
   * Puts environment variables into a header's value, in place of {@code ${NAME}}.
   *
   * @throws ConfigException if there is no such variable
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
      throw section.wrong("max_tokens_field", String.valueOf(e.getMessage()));
    }
  }
}

package io.agentstream.examples.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The provider whose protocol an agent's model server speaks. */
public enum Provider {
  /** OpenAI's chat completions, which most servers speak. */
  OPENAI(null, null, null),
  /** Anthropic's messages. */
  ANTHROPIC("https://api.anthropic.com/v1", "ANTHROPIC_API_KEY", null),
  /** Google's {@code streamGenerateContent}. */
  GEMINI("https://generativelanguage.googleapis.com/v1beta", "GEMINI_API_KEY", "include_thoughts"),
  /** Ollama's {@code /api/chat}. */
  OLLAMA("http://localhost:11434", null, "think");

  private final @Nullable String baseUrl;
  private final @Nullable String keyVariable;
  private final @Nullable String thinkingSwitch;

  Provider(
      @Nullable String baseUrl, @Nullable String keyVariable, @Nullable String thinkingSwitch) {
    this.baseUrl = baseUrl;
    this.keyVariable = keyVariable;
    this.thinkingSwitch = thinkingSwitch;
  }

  /** Returns the provider's default base URL; null for {@code OPENAI_BASE_URL}. */
  public @Nullable String baseUrl() {
    return baseUrl;
  }

  /** Returns the variable with the key for the default address; null for none. */
  public @Nullable String keyVariable() {
    return keyVariable;
  }

  /**
   * Returns the only parameter that langchain4j's module accepts, true or false; null if the
   * provider takes any parameters.
   */
  public @Nullable String thinkingSwitch() {
    return thinkingSwitch;
  }

  /** Returns the name as written in a configuration file. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Provider read(Section section) throws ConfigException {
    String name = section.text("provider");
    if (name == null) {
      return OPENAI;
    }
    for (Provider provider : values()) {
      if (provider.key().equals(name)) {
        return provider;
      }
    }
    List<String> known = Arrays.stream(values()).map(Provider::key).toList();
    throw section.wrong(
        "provider", "there is no such provider; known: " + String.join(", ", known));
  }
}

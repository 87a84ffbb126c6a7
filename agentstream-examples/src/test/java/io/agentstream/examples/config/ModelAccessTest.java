package io.agentstream.examples.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which key which server is shown. */
class ModelAccessTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "OPENAI_BASE_URL", "https://models.example/v1",
          "OPENAI_API_KEY", "of-openai",
          "ANTHROPIC_API_KEY", "of-anthropic",
          "GEMINI_API_KEY", "of-gemini",
          "OWN", "own");

  @ParameterizedTest
  @CsvSource({
    "OPENAI, , , of-openai",
    "OPENAI, https://models.example/v2, , of-openai",
    "OPENAI, https://MODELS.example:443/v1, , of-openai",
    "OPENAI, http://models.example/v1, , ",
    "OPENAI, https://models.example:8443/v1, , ",
    "OPENAI, https://models.example.evil/v1, , ",
    "OPENAI, https://api.openai.com/v1, , ",
    "OPENAI, https://other.example/v1, OWN, own",
    "OPENAI, , OWN, own",
    "ANTHROPIC, , , of-anthropic",
    "ANTHROPIC, https://api.anthropic.com/v1, , of-anthropic",
    "ANTHROPIC, https://proxy.example/v1, , ",
    "ANTHROPIC, http://api.anthropic.com/v1, , ",
    "ANTHROPIC, https://proxy.example/v1, OWN, own",
    "GEMINI, , , of-gemini",
    "GEMINI, http://localhost:1/v1beta, , ",
    "OLLAMA, , , ",
    "OLLAMA, https://ollama.example, OWN, own"
  })
  void a_key_goes_to_its_own_server_alone(
      Provider provider, @Nullable String url, @Nullable String variable, @Nullable String key)
      throws ConfigException {
    assertThat(access(provider, url, variable, ENVIRONMENT).apiKey()).isEqualTo(key);
  }

  @ParameterizedTest
  @CsvSource({"ANTHROPIC, ANTHROPIC_API_KEY", "GEMINI, GEMINI_API_KEY"})
  void a_missing_key_of_a_provider_says_what_to_set(Provider provider, String variable) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> access(provider, null, null, Map.of(variable, " ")))
        .satisfies(
            e ->
                assertThat(e.reason())
                    .isEqualTo(
                        "provider: "
                            + provider.key()
                            + " needs a key: set the environment variable "
                            + variable
                            + ", or name another as api_key_env"));
  }

  @Test
  void a_missing_key_of_an_agent_names_the_variable() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> access(Provider.OPENAI, "https://h/v1", "ABSENT", ENVIRONMENT))
        .satisfies(
            e ->
                assertThat(e.reason())
                    .isEqualTo(
                        "api_key_env: the environment variable ABSENT is not set, or blank"));
  }

  @Test
  void neither_its_text_nor_the_specs_shows_a_key() throws ConfigException {
    assertThat(access(Provider.OPENAI, null, "OWN", Map.of("OWN", "canary")).toString())
        .doesNotContain("canary");
  }

  private static ModelAccess access(
      Provider provider,
      @Nullable String url,
      @Nullable String variable,
      Map<String, String> environment)
      throws ConfigException {
    ModelSpec spec =
        new ModelSpec(provider, "m", url, variable, Map.of(), Map.of(), null, true, true);
    return ModelAccess.of(spec, ModelServer.from(environment), environment);
  }
}

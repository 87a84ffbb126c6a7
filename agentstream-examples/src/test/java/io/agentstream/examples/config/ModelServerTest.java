package io.agentstream.examples.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelServerTest {

  @Test
  void without_key_and_base_url_it_is_the_demo() throws ConfigException {
    assertThat(ModelServer.from(Map.of()).baseUrl()).isNull();
    assertThat(ModelServer.from(Map.of("OPENAI_API_KEY", " ")).baseUrl()).isNull();
  }

  @Test
  void with_a_key_alone_it_is_openai() throws ConfigException {
    assertThat(ModelServer.from(Map.of("OPENAI_API_KEY", "k")))
        .isEqualTo(new ModelServer("https://api.openai.com/v1", "k", "gpt-4o-mini"));
  }

  @Test
  void a_server_without_a_key_is_shown_none() throws ConfigException {
    Map<String, String> ollama =
        Map.of("OPENAI_BASE_URL", "http://localhost:11434/v1", "OPENAI_MODEL", "qwen3");
    assertThat(ModelServer.from(ollama))
        .isEqualTo(new ModelServer("http://localhost:11434/v1", null, "qwen3"));
  }

  @Test
  void a_base_url_that_is_none_is_named() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ModelServer.from(Map.of("OPENAI_BASE_URL", "localhost:11434")))
        .satisfies(e -> assertThat(e.reason()).startsWith("OPENAI_BASE_URL: must be a URL"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://ann:canary@localhost:11434/v1",
        "https://canary@localhost",
        "http://:canary@localhost",
        "http://ann:canary@canary@localhost",
        "HTTP://canary@[::1]:8080/"
      })
  void a_user_or_password_in_the_base_url_is_named_and_not_shown(String url) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ModelServer.from(Map.of("OPENAI_BASE_URL", url)))
        .satisfies(
            e ->
                assertThat(e.reason())
                    .startsWith("OPENAI_BASE_URL: must not hold a user or password")
                    .doesNotContain("canary"));
  }

  @Test
  void the_key_is_not_in_its_text() throws ConfigException {
    assertThat(ModelServer.from(Map.of("OPENAI_API_KEY", "sk-canary")).toString())
        .doesNotContain("canary");
  }
}

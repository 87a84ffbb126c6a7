package io.agentstream.examples.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @Test
  void without_arguments_it_listens_on_loopback_only() throws ConfigException {
    assertThat(Options.parse())
        .isEqualTo(
            new Options(8080, "127.0.0.1", null, null, null, false, List.of(), false, false));
  }

  @Test
  void every_option_is_taken() throws ConfigException {
    assertThat(
            Options.parse(
                "--port",
                "0",
                "--host",
                "::1",
                "--config",
                "a.json",
                "--redis",
                "redis://r",
                "--hosts",
                "a.example,b.example",
                "--insecure-no-authentication"))
        .isEqualTo(
            new Options(
                0,
                "::1",
                Path.of("a.json"),
                "redis://r",
                null,
                false,
                List.of("a.example", "b.example"),
                true,
                false));
  }

  @Test
  void conversations_are_kept_in_a_folder_unless_it_is_told_otherwise() throws ConfigException {
    StoreSpec nothingSaid = StoreSpec.inMemory();
    assertThat(nothingSaid.with(Options.parse()).folder()).isEqualTo(Path.of("agentstream-data"));
    assertThat(nothingSaid.with(Options.parse("--data", "kept")).folder())
        .isEqualTo(Path.of("kept"));
    assertThat(nothingSaid.with(Options.parse("--in-memory")).isInMemory()).isTrue();
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Options.parse("--in-memory", "--data", "kept"));
  }

  @Test
  void a_folder_of_its_own_is_no_place_for_one_of_several_servers() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Options.parse("--redis", "redis://r", "--data", "kept"))
        .withMessageContaining("store.url");
  }

  @Test
  void help_is_asked_for_in_two_ways() throws ConfigException {
    assertThat(Options.parse("--help").help()).isTrue();
    assertThat(Options.parse("-h").help()).isTrue();
  }

  @Test
  void the_usage_names_every_option_and_variable() {
    assertThat(Options.USAGE)
        .contains("--port", "--host", "--config", "--hosts", "--redis", "--help")
        .contains("--data", "--in-memory")
        .contains("--insecure-no-authentication", "AGENTSTREAM_TOKENS", "REDIS_URL")
        .contains("OPENAI_API_KEY", "OPENAI_BASE_URL", "OPENAI_MODEL")
        .contains("ANTHROPIC_API_KEY", "GEMINI_API_KEY", "provider", "http_proxy", "no_proxy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --prot 1            | --prot: unknown option; see --help
          8080                | 8080: unknown option; see --help
          --hosts http://a.b  | --hosts: 'http://a.b' is not a host: give only the name, as in the browser's address, such as chat.example.com, without scheme, port and path
          --port              | --port: needs a value; see --help
          --port --host x     | --port: needs a value; see --help
          --port eighty       | --port: must be a number from 0 to 65535
          --port 65536        | --port: must be a number from 0 to 65535
          --port -1           | --port: must be a number from 0 to 65535
          --config            | --config: needs a value; see --help
          """)
  void what_is_wrong_is_named(String commandLine, String reason) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> Options.parse(commandLine.split(" ")))
        .extracting(ConfigException::reason)
        .isEqualTo(reason);
  }
}

package io.agentstream.examples.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.agentstream.examples.config.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckOptionsTest {

  @Test
  void without_options_the_model_of_the_environment_has_half_a_minute() throws ConfigException {
    assertThat(CheckOptions.parse(List.of()))
        .isEqualTo(new CheckOptions(null, Duration.ofSeconds(30), false));
  }

  @Test
  void every_option_is_taken() throws ConfigException {
    assertThat(CheckOptions.parse(List.of("--config", "a.json", "--timeout", "5", "--help")))
        .isEqualTo(new CheckOptions(Path.of("a.json"), Duration.ofSeconds(5), true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --timeout 0    | --timeout: must be a number from 1 to 3600
          --timeout 3601 | --timeout: must be a number from 1 to 3600
          --timeout soon | --timeout: must be a number from 1 to 3600
          --timeout      | --timeout: needs a value; see check --help
          --config --help | --config: needs a value; see check --help
          --verbose      | --verbose: unknown option; see check --help
          now            | now: unknown option; see check --help
          """)
  void a_wrong_option_is_said_in_one_line(String line, String reason) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> CheckOptions.parse(List.of(line.split(" "))))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}

package io.agentstream.examples.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.agentstream.examples.config.ConfigException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatOptionsTest {

  @Test
  void a_topic_is_enough_with_or_without_quotes() throws ConfigException {
    assertThat(ChatOptions.parse(List.of("Tea or coffee?")))
        .isEqualTo(ChatOptions.parse(List.of("Tea", "or", "coffee?")))
        .isEqualTo(
            new ChatOptions("Tea or coffee?", null, List.of(), null, null, null, true, false));
  }

  @Test
  void every_option_is_taken() throws ConfigException {
    assertThat(
            ChatOptions.parse(
                List.of(
                    "--agents",
                    "Mia, Otto",
                    "--rounds",
                    "2",
                    "--speakers",
                    "random",
                    "--config",
                    "a.json",
                    "--no-color",
                    "Tea")))
        .isEqualTo(
            new ChatOptions(
                "Tea", null, List.of("Mia", "Otto"), 2, "random", Path.of("a.json"), false, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --rounds 2       | chat: a topic is missing; see chat --help
          --round 2 Tea    | --round: unknown option; see chat --help
          --rounds 0 Tea   | --rounds: must be a number from 1
          --rounds two Tea | --rounds: must be a number from 1
          --team R --rounds 2 Tea | --team: goes with neither --agents, --rounds nor --speakers
          Tea --agents     | --agents: needs a value; see chat --help
          """)
  void what_is_wrong_is_named(String commandLine, String reason) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ChatOptions.parse(List.of(commandLine.split(" "))))
        .extracting(ConfigException::reason)
        .isEqualTo(reason);
  }
}

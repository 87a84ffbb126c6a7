package io.agentstream.examples.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("a.yaml");
  }

  private int run(Path file) throws Exception {
    out.reset();
    err.reset();
    return ValidateCommand.run(List.of(file.toString()), stream(out), stream(err));
  }

  private static PrintStream stream(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  @Test
  void a_sound_file_is_summed_up_in_one_line() throws Exception {
    Files.writeString(
        file(), "version: 1\nagents: [{name: Ann}]\nteams: [{name: T, participants: [Ann]}]\n");
    assertThat(run(file())).isZero();
    assertThat(out).hasToString(file() + ": sound; agents 1, teams 1\n");
    assertThat(err.size()).isZero();
  }

  @Test
  void each_mistake_has_a_line_with_its_place_and_its_remedy() throws Exception {
    Files.writeString(
        file(), "version: 1\nagents:\n  - {nam: Ann}\n  - {name: Ben, temperature: 3}\n");
    assertThat(run(file())).isEqualTo(2);
    assertThat(out.size()).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith(file() + ": line "))
        .anyMatch(
            line -> line.contains(": line 3: agents[0].nam: unknown key; did you mean 'name'"))
        .anyMatch(line -> line.endsWith(": line 3: agents[0]: 'name' is missing"))
        .anyMatch(line -> line.contains(": line 4: agents[1].temperature: must be from 0 to 2"));
  }

  @Test
  void a_file_that_cannot_be_read_is_named_with_the_reason() throws Exception {
    assertThat(run(folder.resolve("none"))).isEqualTo(2);
    assertThat(err).hasToString(folder.resolve("none") + ": there is no such file\n");
    assertThat(run(folder)).isEqualTo(2);
    assertThat(err).hasToString(folder + ": is a directory; name a file in it\n");
  }

  @Test
  void exactly_one_file_is_named() {
    assertThatThrownBy(() -> ValidateCommand.run(List.of())).hasMessageContaining("one team file");
    assertThatThrownBy(() -> ValidateCommand.run(List.of("--help")))
        .hasMessageContaining("one team file");
  }
}

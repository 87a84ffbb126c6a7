package io.agentstream.examples.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {

  @TempDir private Path folder;

  private int run(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("a.yaml"), text);
    return ValidateCommand.run(List.of(file.toString()));
  }

  @Test
  void a_sound_file_exits_with_0_and_a_broken_one_with_2() throws Exception {
    assertThat(run("version: 1\nagents: [{name: Ann}]\n")).isZero();
    assertThat(run("version: 1\nagents: [{nam: Ann}]\n")).isEqualTo(2);
    assertThat(ValidateCommand.run(List.of("none.yaml"))).isEqualTo(2);
  }

  @Test
  void exactly_one_file_is_named() {
    assertThatThrownBy(() -> ValidateCommand.run(List.of())).hasMessageContaining("one team file");
    assertThatThrownBy(() -> ValidateCommand.run(List.of("--help")))
        .hasMessageContaining("one team file");
  }
}

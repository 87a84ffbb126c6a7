package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is no text is refused with its place and a remedy. */
class UnreadableFilesTest {

  @TempDir private Path folder;

  private static void assertRefused(Path path, String reason) {
    assertThatExceptionOfType(TeamFileException.class)
        .isThrownBy(() -> TeamFile.read(path))
        .withMessage(path + ": " + reason)
        .satisfies(e -> assertThat(e.problems()).containsExactly(reason));
  }

  private Path file(byte[] bytes) throws Exception {
    return Files.write(folder.resolve("team.yaml"), bytes);
  }

  @Test
  void a_folder_is_named_as_such() {
    assertRefused(folder, "is a directory; name a file in it");
  }

  @Test
  void an_empty_file_an_oversized_one_and_one_in_utf_16_have_a_line() throws Exception {
    assertRefused(file(new byte[0]), "line 1: the file is empty; it needs at least 'version: 1'");
    assertRefused(file(new byte[4_000_001]), "line 1: must have at most 4000000 bytes");
    assertRefused(
        file("version: 1\n".getBytes(StandardCharsets.UTF_16)),
        "line 1: is UTF-16 text; save it as UTF-8");
    assertRefused(
        file(("#" + "x".repeat(3_000_000)).getBytes(StandardCharsets.UTF_8)),
        "line 1: the file must have at most 2000000 characters");
  }

  @Test
  void a_character_that_yaml_refuses_has_its_line() {
    assertThat(BrokenFilesTest.problems("version: 1\n# \uD83D\uDE00\nagents: \u0007\n"))
        .containsExactly(
            "line 3: is no YAML: it holds a character that must be escaped, such as \\u0007");
    assertThat(BrokenFilesTest.problems("version: 1\nagents:\n  " + "[".repeat(60)))
        .containsExactly("line 3: lists and objects must lie in each other at most 40 deep");
  }
}

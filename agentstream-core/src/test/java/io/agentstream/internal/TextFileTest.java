package io.agentstream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentstream.internal.TextFile.UnreadableFileException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of an operator: it is read within bounds, or refused with its reason. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TextFileTest {

  @TempDir private Path folder;

  private static void assertRefused(Path path, int line, String reason) {
    assertThatExceptionOfType(UnreadableFileException.class)
        .isThrownBy(() -> TextFile.read(path, 100))
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.line()).isEqualTo(line));
  }

  private Path file(byte[] bytes) throws Exception {
    return Files.write(folder.resolve("file"), bytes);
  }

  @Test
  void text_is_read_also_by_a_link_and_up_to_the_bound() throws Exception {
    String text = "ä\n" + "x".repeat(97);
    Path file = file(text.getBytes(StandardCharsets.UTF_8));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThat(TextFile.read(link, 100)).isEqualTo(text);
    assertThat(TextFile.read(file(new byte[0]), 100)).isEmpty();
  }

  @Test
  void a_large_file_is_refused() throws Exception {
    assertRefused(file("x".repeat(101).getBytes(StandardCharsets.UTF_8)), 1, "at most 100 bytes");
  }

  @Test
  void other_bytes_are_refused_with_their_line() throws Exception {
    assertRefused(file("a: b".getBytes(StandardCharsets.UTF_16)), 1, "is UTF-16 text");
    assertRefused(file("\uFEFFa".getBytes(StandardCharsets.UTF_16LE)), 1, "is UTF-16 text");
    assertRefused(file("a\nb".getBytes(StandardCharsets.UTF_16BE)), 1, "holds a zero byte");
    Charset latin = StandardCharsets.ISO_8859_1;
    assertRefused(file("a\nb\ncä\nd".getBytes(latin)), 3, "no UTF-8");
    assertRefused(file("a\nä".getBytes(latin)), 2, "no UTF-8");
    assertRefused(file("a\nb\0".getBytes(latin)), 2, "holds a zero byte");
  }

  @Test
  void a_missing_file_a_folder_and_an_endless_link_are_named_as_such() throws Exception {
    assertRefused(folder.resolve("none"), 0, "there is no such file");
    assertRefused(folder, 0, "is a directory; name a file in it");
    assertRefused(folder.resolve("file").resolve("x"), 0, "there is no such file");
    assertRefused(file(new byte[0]).resolve("x"), 0, "there is no such file");
    Path loop = folder.resolve("loop");
    assertRefused(Files.createSymbolicLink(loop, loop), 0, "cannot be read");
  }

  @Test
  void a_pipe_is_refused_without_waiting_for_its_writer() throws Exception {
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(made.waitFor(60, TimeUnit.SECONDS) && made.exitValue() == 0);
    assertRefused(pipe, 0, "is a pipe or a device");
  }

  @Test
  void a_device_without_an_end_is_refused() {
    Path zero = Path.of("/dev/zero");
    assumeTrue(Files.exists(zero));
    assertRefused(zero, 0, "is a pipe or a device");
  }

  @Test
  void a_file_without_rights_is_refused() throws Exception {
    Path secret = file(new byte[] {'a'});
    assumeTrue(secret.toFile().setReadable(false) && !Files.isReadable(secret));
    assertRefused(secret, 0, "may not be read");
  }
}

package io.agentstream.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.schema.FrameSchema;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the browser client's own tests, which need Node 20 and no browser. */
class BrowserClientTest {

  /** For a program that hangs; on a busy machine, starting one alone can take a minute. */
  private static final long PATIENCE_MINUTES = 5;

  @TempDir Path folder;

  @Test
  void the_browser_clients_own_tests_pass() throws Exception {
    Path node = Node.path();
    Path output = folder.resolve("node-test.txt");
    Path sent = folder.resolve("sent.jsonl");
    ProcessBuilder builder =
        new ProcessBuilder(command(node))
            .directory(new File("src/test/js"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("AGENTSTREAM_SENT_FRAMES", sent.toString());
    String tools = System.getProperty("agentstream.npm", "auto");
    if (!tools.equals("auto")) {
      builder.environment().put("AGENTSTREAM_NPM", tools);
    }
    Process tests = builder.start();
    boolean ended = tests.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    tests.destroyForcibly();

    String report = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(report).isTrue();
    assertThat(tests.exitValue()).as(report).isZero();
    assertThat(report).containsPattern("# pass [1-9]").contains("# fail 0");
    FrameSchema schema = FrameSchema.ofClient(true);
    assertThat(Files.readAllLines(sent)).isNotEmpty().allSatisfy(schema::check);
  }

  private static List<String> command(Path node) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src", "test", "js"))) {
      Stream<String> tests =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".test.js"))
              .sorted();
      return Stream.concat(Stream.of(node.toString(), "--test", "--test-reporter=tap"), tests)
          .toList();
    }
  }
}

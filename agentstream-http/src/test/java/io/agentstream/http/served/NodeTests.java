package io.agentstream.http.served;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs tests that Node carries out with the official client of a format. */
public final class NodeTests {

  private static final String WHERE = System.getProperty("agentstream.clients", "auto");

  private NodeTests() {}

  /** Skips the test unless a folder with the official clients is given. */
  public static void needClients() {
    assumeTrue(!WHERE.equals("auto"), "-Dagentstream.clients names the folder of the clients");
  }

  /**
   * Runs a file of {@code src/test/js} and returns its report; all of its tests must pass.
   *
   * @param root the server's root
   * @param environment further variables
   */
  public static String run(String file, URI root, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("node-test", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder("node", "--test", "--test-reporter=tap", file)
              .directory(new File("src/test/js"))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().put("AGENTSTREAM_ROOT", root.toString());
      builder.environment().put("AGENTSTREAM_CLIENTS", Path.of(WHERE).toAbsolutePath().toString());
      builder.environment().putAll(environment);
      Process tests = builder.start();
      boolean ended = tests.waitFor(5, TimeUnit.MINUTES);
      tests.destroyForcibly().waitFor();
      String report = Files.readString(output);
      assertThat(ended).as(report).isTrue();
      assertThat(tests.exitValue()).as(report).isZero();
      assertThat(report).containsPattern("# pass [1-9]").contains("# fail 0");
      return report;
    } finally {
      Files.delete(output);
    }
  }
}

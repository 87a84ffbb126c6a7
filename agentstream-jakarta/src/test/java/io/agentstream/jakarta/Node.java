package io.agentstream.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Node of this machine, which runs the browser client's own tests. */
final class Node {

  private Node() {}

  /**
   * Its path; a test without it is skipped, or fails with {@code -Dagentstream.browser=required}.
   */
  static Path path() {
    Path found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(entry -> Path.of(entry, "node"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    if (found == null) {
      String absent = "NO NODE FOUND ON THE PATH: the browser client's tests did not run";
      assertThat(System.getProperty("agentstream.browser")).as(absent).isNotEqualTo("required");
      System.err.println(absent);
      assumeTrue(false, absent);
    }
    return found;
  }
}

package io.agentstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first program in the README, compiled and run as it stands there. */
class FirstProgramTest {

  /** For a program that hangs; on a busy machine, starting one alone can take a minute. */
  private static final long PATIENCE_MINUTES = 5;

  private static final Pattern PROGRAM =
      Pattern.compile("FirstProgramTest runs this. -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void it_prints_what_each_agent_says() throws Exception {
    Path source = folder.resolve("Debate.java");
    Files.writeString(source, program());
    Path output = folder.resolve("output.txt");
    try (StubModelServer server = StubModelServer.start()) {
      for (String word : new String[] {"yes", "no", "still", "never"}) {
        server.enqueue(StubAnswer.stream().tokens("It is ", word).finish("stop").done());
      }
      Process process = run(source, output, server.baseUrl());
      boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly();

      assertThat(Files.readString(output).strip())
          .isEqualTo(
              """
              Optimist: It is yes
              Skeptic: It is no
              Optimist: It is still
              Skeptic: It is never"""
                  .stripIndent());
      assertThat(ended).isTrue();
      assertThat(process.exitValue()).isZero();
    }
  }

  @Test
  void it_prints_why_nobody_says_anything() throws Exception {
    Path source = folder.resolve("Debate.java");
    Files.writeString(source, program());
    Path output = folder.resolve("output.txt");
    try (StubModelServer server = StubModelServer.start()) {
      for (int i = 0; i < 4; i++) {
        server.enqueue(StubAnswer.status(401).body("secret"));
      }
      Process process = run(source, output, server.baseUrl());
      boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly();

      assertThat(Files.readString(output))
          .contains("The model server refused the request.")
          .doesNotContain("secret");
      assertThat(ended).isTrue();
    }
  }

  private static Process run(Path source, Path output, String baseUrl) throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "-Dlogback.configurationFile=logback-test.xml",
            source.toString());
    java.environment().put("OPENAI_BASE_URL", baseUrl);
    java.environment().put("OPENAI_API_KEY", "test");
    java.environment().remove("JAVA_TOOL_OPTIONS");
    return java.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  private static String program() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"), StandardCharsets.UTF_8);
    Matcher program = PROGRAM.matcher(readme);
    assertThat(program.find()).as("the README holds the program").isTrue();
    return program.group(1);
  }
}

package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar agentstream-server.jar check}, as its users run it. */
@Timeout(300)
class CheckCommandIT {

  private static final StubAnswer TEXT =
      StubAnswer.stream().tokens("canary one", ", two").finish("length").done();
  private static final StubAnswer TOOL =
      StubAnswer.stream()
          .toolCall(0, "c1", "report_ready", "{\"word\":\"yes\"}")
          .finish("tool_calls")
          .done();

  private final StubModelServer model = StubModelServer.start();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    model.close();
  }

  private ServerProcess check(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "check";
    System.arraycopy(args, 0, all, 1, args.length);
    Map<String, String> environment =
        Map.of("OPENAI_BASE_URL", model.baseUrl(), "OPENAI_API_KEY", "sk-canary");
    return ServerProcess.runToEnd(environment, all);
  }

  private String config(String json) throws IOException {
    return Files.writeString(folder.resolve("config.json"), json).toString();
  }

  private static String agent(String name, String more) {
    return "{\"name\": \"%s\", \"description\": \"d\", \"system_prompt\": \"canary\"%s}"
        .formatted(name, more);
  }

  @Test
  void a_good_model_has_one_line_for_all_its_agents() {
    model.enqueue(TEXT, TOOL);
    ServerProcess check = check();
    assertThat(check.output())
        .matches(
            "ok      gpt-4o-mini at 127\\.0\\.0\\.1:\\d+ \\(Mia, Otto, Lin\\): reachable, streams,"
                + " first token after \\d+ ms, calls tools, no thinking\n")
        .doesNotContain("canary");
    assertThat(check.errors()).doesNotContain("canary");
    assertThat(check.awaitExit()).isZero();
  }

  @Test
  void each_model_has_a_line_and_one_that_cannot_be_used_fails_the_check() throws Exception {
    model.enqueue(
        StubAnswer.status(400)
            .body("{\"error\":{\"param\":\"temperature\",\"code\":\"unsupported_value\"}}"),
        TEXT,
        TOOL,
        StubAnswer.status(404).body("canary"),
        TEXT,
        TOOL);
    ServerProcess check =
        check(
            "--timeout",
            "60",
            "--config",
            config(
                "{\"agents\": ["
                    + agent("A", ", \"model\": \"one\", \"temperature\": 0.5")
                    + ", "
                    + agent("B", ", \"model\": \"two\"")
                    + "]}"));
    assertThat(check.awaitExit()).isEqualTo(1);
    String[] lines = check.output().split("\n", -1);
    assertThat(lines[0]).startsWith("ok      one at ").contains("(A)", "; refuses temperature");
    assertThat(lines[1])
        .startsWith("failed  two at ")
        .contains("(B): The model server does not know the model. ");
    assertThat(lines[2]).startsWith("ok      gpt-4o-mini at ").contains("(picks speakers)");
    assertThat(check.output() + check.errors()).doesNotContain("canary");
  }

  @Test
  void the_demo_model_can_be_checked_too() {
    ServerProcess check = ServerProcess.runToEnd(Map.of(), "check");
    assertThat(check.output()).startsWith("ok      the built-in demo model (Mia, Otto, Lin): ");
    assertThat(check.awaitExit()).isZero();
  }

  @Test
  void wrong_settings_are_told_in_one_line() throws Exception {
    ServerProcess check = check("--config", config("{\"agent\": []}"));
    assertThat(check.awaitExit()).isEqualTo(2);
    assertThat(check.errors()).startsWith("agentstream: ").hasLineCount(1).contains("agent");
    assertThat(check.output()).isEmpty();
  }
}

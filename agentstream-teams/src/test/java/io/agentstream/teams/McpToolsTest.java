package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentstream.chat.Conversation;
import io.agentstream.event.InputRequested;
import io.agentstream.event.ToolCall;
import io.agentstream.event.ToolResult;
import io.agentstream.test.Eventually;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tools of a real MCP server that is not ours, over both transports. */
@Timeout(300)
class McpToolsTest {

  private static final String WHERE = System.getProperty("agentstream.mcp", "auto");
  private static final Path PROGRAM =
      Path.of(
          WHERE.equals("auto") ? "." : WHERE,
          "node_modules/@modelcontextprotocol/server-everything/dist/index.js");

  private final ScriptedModel model = new ScriptedModel();
  private final RecordedEvents events = new RecordedEvents();
  private Teams teams;
  private Process http;

  @BeforeEach
  void needsTheServer() {
    assumeTrue(!WHERE.equals("auto"), "-Dagentstream.mcp names the folder of server-everything");
    assertThat(PROGRAM).exists();
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (teams != null) {
      teams.close();
    }
    if (http != null) {
      http.destroyForcibly().waitFor();
    }
  }

  private Teams open(String tools) throws TeamFileException {
    teams =
        Teams.open(
            TeamFile.parse(
                """
                version: 1
                models: {m: {}}
                tools: {every: %s}
                agents: [{name: Ann, tools: every}]
                teams: [{name: T, participants: [Ann], max_rounds: 1}]
                """
                    .formatted(tools),
                "team.yaml"),
            TeamSetup.builder()
                .model("m", model)
                .environment(Map.of("MY_SECRET", "CANARY-1"))
                .build());
    return teams;
  }

  private static String stdio(String more) {
    return "{mcp: {command: [node, '%s', stdio], env: {MY_TOKEN: {env: MY_SECRET}}}%s}"
        .formatted(PROGRAM.toAbsolutePath(), more);
  }

  /** Starts the server on a port and waits until it listens. */
  private String url() throws IOException {
    int port = anyPort();
    while (!starts(port)) {
      port = anyPort();
    }
    return "http://127.0.0.1:" + port + "/mcp";
  }

  /**
   * Returns one below those that the system gives to clients: between two starts, a client could
   * get it, or connect to itself. Tests of other modules that are built at the same time have ports
   * from 20,000 on.
   */
  private static int anyPort() {
    return ThreadLocalRandom.current().nextInt(10_240, 20_000);
  }

  /** Returns false if the program has ended, perhaps because the port is taken. */
  private boolean starts(int port) throws IOException {
    ProcessBuilder program =
        new ProcessBuilder("node", PROGRAM.toString(), "streamableHttp").redirectErrorStream(true);
    program.environment().put("PORT", String.valueOf(port));
    http = program.start();
    var output = http.inputReader();
    String line = output.readLine();
    while (line != null && !line.contains("listening")) {
      line = output.readLine();
    }
    return line != null;
  }

  private ToolResult call(String tool, String arguments) throws InterruptedException {
    RecordedEvents each = new RecordedEvents();
    model.then(call -> call.toolCall(tool, arguments).complete());
    model.then(call -> call.tokens("Well.").complete());
    teams.chat("T").start("Tea?", each).result().join();
    assertThat(each.of(ToolCall.class)).hasSize(1);
    return each.only(ToolResult.class);
  }

  /** Calls until the program, which is started again, answers. */
  private ToolResult answered(String message) throws InterruptedException {
    String arguments = "{\"message\":\"" + message + "\"}";
    ToolResult result = call("echo", arguments);
    while (result.isError()) {
      result = call("echo", arguments);
    }
    return result;
  }

  private static Stream<ProcessHandle> children() {
    return ProcessHandle.current()
        .descendants()
        .filter(child -> child.info().commandLine().orElse("").contains("server-everything"));
  }

  @Test
  void a_tool_is_called_over_stdio_and_the_child_ends_with_the_teams() throws Exception {
    open(stdio(", allow: [echo, get-sum]"));
    assertThat(call("echo", "{\"message\":\"rain\"}").result()).contains("rain");
    assertThat(call("get-sum", "{\"a\":2,\"b\":3}").result()).contains("5");
    assertThat(children()).isNotEmpty();
    teams.close();
    Eventually.await("no child is left", () -> children().findAny().isEmpty());
    assertThat(call("echo", "{\"message\":\"late\"}").isError()).isTrue();
  }

  @Test
  void a_tool_is_called_over_streamable_http() throws Exception {
    open("{mcp: {url: '" + url() + "', headers: {Authorization: {env: MY_SECRET}}}}");
    assertThat(call("echo", "{\"message\":\"rain\"}").result()).contains("rain");
  }

  @Test
  void an_environment_value_reaches_the_program_alone() throws Exception {
    open(stdio(", allow: [get-env]"));
    String environment = call("get-env", "{}").result();
    assertThat(environment).contains("MY_TOKEN", "CANARY-1");
    // Variables of our process that hold no secret on any machine, and stand for those that do.
    assertThat(environment).doesNotContain("\"PWD\"", "\"JAVA_HOME\"", "\"MAVEN_");
    assertThat(teams.file().toYaml() + teams.file()).doesNotContain("CANARY");
  }

  @Test
  void a_killed_server_costs_one_result_and_is_started_again() throws Exception {
    open(stdio(", allow: [echo, trigger-long-running-operation]"));
    model.then(
        call ->
            call.toolCall("trigger-long-running-operation", "{\"duration\":60,\"steps\":60}")
                .complete());
    model.then(call -> call.tokens("Well.").complete());
    Conversation conversation = teams.chat("T").start("Tea?", events);
    Eventually.await(() -> !events.of(ToolCall.class).isEmpty());
    do {
      children().forEach(ProcessHandle::destroyForcibly);
      // A program that was killed before the call reached it is started again for the call.
    } while (!isOver(conversation));
    assertThat(events.only(ToolResult.class).isError()).isTrue();
    // After a second kill, the program is started again only after a delay.
    assertThat(answered("again").result()).contains("again");
  }

  private static boolean isOver(Conversation conversation) throws Exception {
    try {
      conversation.result().get(10, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  @Test
  void a_call_that_takes_too_long_is_an_error() throws Exception {
    open(stdio(", timeout_seconds: 1, allow: [echo, trigger-long-running-operation]"));
    ToolResult late = call("trigger-long-running-operation", "{\"duration\":60,\"steps\":60}");
    assertThat(late.isError()).isTrue();
    // The program is started again, which may take longer than a call.
    assertThat(answered("again").result()).contains("again");
  }

  private static int calls() {
    return Boolean.getBoolean("agentstream.slow") ? 1_000 : 40;
  }

  @Test
  void many_calls_over_http_with_kills_in_between_all_have_results() throws Exception {
    String url = url();
    open("{mcp: {url: '" + url + "'}, allow: [echo], idempotent: true}");
    int answered = 0;
    for (int i = 0; i < calls(); i++) {
      if (i % 20 == 10) {
        http.destroyForcibly().waitFor();
        assertThat(starts(URI.create(url).getPort())).isTrue();
      }
      ToolResult result = call("echo", "{\"message\":\"n" + i + "\"}");
      answered += result.isError() ? 0 : 1;
    }
    assertThat(answered).isGreaterThan(calls() / 2);
    assertThat(answered("end").result()).contains("end");
  }

  @Test
  void many_calls_with_kills_in_between_all_have_results() throws Exception {
    open(stdio(", allow: [echo], idempotent: true"));
    int calls = calls();
    for (int i = 0; i < calls; i++) {
      if (i % 20 == 10) {
        children().forEach(ProcessHandle::destroyForcibly);
      }
      assertThat(call("echo", "{\"message\":\"n" + i + "\"}")).isNotNull();
    }
    assertThat(answered("end").result()).contains("end");
  }

  @Test
  void a_person_approves_what_the_file_says() throws Exception {
    open(stdio(", allow: [echo], approval: [echo]"));
    model.then(call -> call.toolCall("echo", "{\"message\":\"rain\"}").complete());
    Conversation conversation = teams.chat("T").start("Tea?", events);
    Eventually.await(() -> !events.of(InputRequested.class).isEmpty());
    assertThat(events.only(InputRequested.class).prompt()).contains("echo");
    conversation.stop();
    conversation.result().join();
  }

  @Test
  void a_server_that_cannot_be_started_is_named_without_its_values() {
    assertThatThrownBy(
            () ->
                open(
                    "{mcp: {command: [/no/such/program, CANARY-2],"
                        + " env: {MY_TOKEN: {env: MY_SECRET}}}}"))
        .isInstanceOf(TeamFileException.class)
        .hasMessageContaining("tools.every: the MCP server could not be started")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("CANARY"));
    assertThatThrownBy(() -> open(stdio(", allow: [ecco]")))
        .hasMessageContaining(
            "tools.every.allow: there is no tool 'ecco'; did you mean 'echo'? (known: ");
    Eventually.await("no child is left", () -> children().findAny().isEmpty());
  }
}

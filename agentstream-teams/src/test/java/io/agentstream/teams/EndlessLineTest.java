package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.test.Eventually;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that should speak MCP over stdio and does something else. */
@Timeout(300)
class EndlessLineTest {

  private static final String PROMISE = "agentstream-endless-line";

  private static void open(String script) throws TeamFileException {
    Teams.open(
            TeamFile.parse(
                """
                version: 1
                models: {m: {}}
                tools: {odd: {mcp: {command: [sh, -c, '%s', %s]}}}
                agents: [{name: Ann, tools: odd}]
                teams: []
                """
                    .formatted(script, PROMISE),
                "team.yaml"),
            TeamSetup.builder().environment(Map.of()).build())
        .close();
  }

  @Test
  void a_line_that_never_ends_ends_the_program() {
    assertThatThrownBy(() -> open("yes x | tr -d \"\\n\""))
        .isInstanceOf(TeamFileException.class)
        .hasMessageContaining("tools.odd: the MCP server could not be started");
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 3", "echo hello", "echo 7; echo null; echo {", "exec 1>&-"})
  void a_program_that_speaks_something_else_is_named(String script) {
    assertThatThrownBy(() -> open(script + "; exit 0"))
        .isInstanceOf(TeamFileException.class)
        .hasMessageContaining("tools.odd: the MCP server could not be started");
    assertNothingIsLeft();
  }

  private static void assertNothingIsLeft() {
    Eventually.await(
        "no program is left",
        () ->
            ProcessHandle.current()
                .descendants()
                .noneMatch(child -> child.info().commandLine().orElse("").contains(PROMISE)));
  }
}

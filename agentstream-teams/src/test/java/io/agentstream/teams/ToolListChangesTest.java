package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.event.ToolResult;
import io.agentstream.teams.StubMcpServer.Stream;
import io.agentstream.test.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** MCP servers that list other tools while conversations run. */
@Timeout(180)
class ToolListChangesTest {

  @Test
  void a_turn_has_the_tools_that_a_server_behind_a_url_lists_at_its_time() throws Exception {
    try (StubMcpServer server = new StubMcpServer();
        McpTeam team = McpTeam.open("{mcp: {url: '" + server.url() + "'}}")) {
      assertThat(team.offered()).containsExactly("a");
      Eventually.await(() -> server.openStreams() == 1);
      server.change(StubMcp.tools("a", "b"));
      Eventually.await(() -> team.offered().equals(List.of("a", "b")));

      server.change(StubMcp.tools("b"));
      Eventually.await(() -> team.offered().equals(List.of("b")));
      ToolResult gone = team.call(null, "a");
      assertThat(gone.isError()).isTrue();
      assertThat(gone.result()).isEqualTo("There is no tool of this name.");
      assertThat(team.call(null, "b").result()).isEqualTo("b done");
    }
  }

  @Test
  void a_server_behind_a_url_that_was_started_again_lists_its_new_tools() throws Exception {
    try (StubMcpServer server = new StubMcpServer();
        McpTeam team = McpTeam.open("{mcp: {url: '" + server.url() + "'}}")) {
      Eventually.await(() -> server.openStreams() == 1);
      server.restart(StubMcp.tools("b"));
      Eventually.await(() -> team.offered().equals(List.of("b")));
      assertThat(team.call(null, "b").result()).isEqualTo("b done");
    }
  }

  @Test
  void a_turn_has_the_tools_that_a_program_lists_at_its_time() throws Exception {
    try (McpTeam team = McpTeam.open("{mcp: {command: " + StubProgram.command(1) + "}}")) {
      assertThat(team.offered()).containsExactly("a");
      assertThat(team.call(null, "a").result()).isEqualTo("a done");
      Eventually.await(() -> team.offered().contains("b"));
    }
  }

  @Test
  void a_server_that_announces_changes_without_end_is_asked_once_a_turn() throws Exception {
    try (McpTeam team = McpTeam.open("{mcp: {command: " + StubProgram.command(100_000) + "}}")) {
      assertThat(team.call(null, "a").result()).isEqualTo("a done");
      Eventually.await(() -> team.offered().contains("b"));
      List<String> tools = team.offered();
      // The program names its newest tool after the number of times that it was asked.
      assertThat(tools.get(1)).matches("c[1-9]");
    }
  }

  @Test
  void a_tool_that_is_not_let_in_never_appears() throws Exception {
    try (StubMcpServer server = new StubMcpServer();
        McpTeam team = McpTeam.open("{mcp: {url: '" + server.url() + "'}, allow: [a]}")) {
      Eventually.await(() -> server.openStreams() == 1);
      server.change(StubMcp.tools("b"));
      Eventually.await(() -> team.offered().isEmpty());
      server.change(StubMcp.tools("b", "a"));
      Eventually.await(() -> team.offered().equals(List.of("a")));
    }
  }

  @Test
  void a_hostile_list_is_bounded_and_named_once() throws Exception {
    try (StubMcpServer server = new StubMcpServer();
        McpTeam team = McpTeam.open("{mcp: {url: '" + server.url() + "'}}")) {
      Eventually.await(() -> server.openStreams() == 1);
      List<String> hostile =
          new ArrayList<>(
              List.of(
                  StubMcp.tool("bad\\nname", "{}"),
                  StubMcp.tool("bad\\u0000name", "{}"),
                  StubMcp.tool("x".repeat(1_000), "{}"),
                  StubMcp.tool("", "{}"),
                  "7",
                  "{\"name\":\"noSchema\"}",
                  StubMcp.tool(
                      "huge", "{\"y\":{\"description\":\"" + "y".repeat(1_000_000) + "\"}}"),
                  StubMcp.tool("twice", "{}"),
                  StubMcp.tool("twice", "{}")));
      for (int i = 0; i < 10_000; i++) {
        hostile.add(StubMcp.tool("t" + i, "{}"));
      }
      server.change(hostile);
      Eventually.await(() -> team.offered().contains("twice"));
      List<String> offered = team.offered();
      assertThat(offered).hasSize(128).doesNotHaveDuplicates().doesNotContain("huge");
      assertThat(offered).allMatch(name -> name.matches("[a-z0-9]{1,10}"));
      server.change(hostile);
      assertThat(team.offered()).hasSize(128);
      assertThat(team.log().split("are left out", -1)).hasSize(3);
      assertThat(team.log()).doesNotContain("huge", "name\n");
    }
  }

  @Test
  void a_list_without_an_end_leaves_the_tools_as_they_were() throws Exception {
    try (StubMcpServer server = new StubMcpServer();
        McpTeam team = McpTeam.open("{mcp: {url: '" + server.url() + "'}}")) {
      Eventually.await(() -> server.openStreams() == 1);
      server.listWithoutEnd();
      server.change(StubMcp.tools("b"));
      Eventually.await(
          () -> {
            assertThat(team.offered()).containsExactly("a");
            return server.listed.get() >= 50;
          });
      assertThat(team.offered()).containsExactly("a");
      assertThat(server.listed.get()).isLessThanOrEqualTo(60);
    }
  }

  @Test
  void messages_of_the_wrong_form_harm_nothing() throws Exception {
    try (StubMcpServer server = new StubMcpServer();
        McpTeam team = McpTeam.open("{mcp: {url: '" + server.url() + "'}}")) {
      Eventually.await(() -> server.openStreams() == 1);
      for (String odd :
          List.of(
              "{",
              "7",
              "[[1]]",
              "{\"method\":null}",
              "{\"method\":\"notifications/cancelled\"}",
              "{\"method\":\"notifications/message\",\"params\":7}",
              "{\"id\":\"x\",\"method\":\"no/such\"}",
              "{\"method\":\"CANARY\"}",
              "{\"id\":{},\"result\":1}")) {
        server.push(odd);
      }
      server.change(StubMcp.tools("b"));
      Eventually.await(() -> team.offered().equals(List.of("b")));
      assertThat(team.log()).doesNotContain("CANARY");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NOT_ALLOWED", "SILENT"})
  void a_server_without_notifications_is_used_as_it_is(Stream stream) throws Exception {
    try (StubMcpServer server = new StubMcpServer().with(stream);
        McpTeam team = McpTeam.open("{mcp: {url: '" + server.url() + "'}}")) {
      assertThat(team.call(null, "a").result()).isEqualTo("a done");
    }
  }

  @Test
  void two_servers_of_an_agent_may_not_list_the_same_tool_at_the_start() throws Exception {
    try (StubMcpServer server = new StubMcpServer()) {
      assertThatThrownBy(
              () ->
                  Teams.open(
                      TeamFile.parse(
                          """
                          version: 1
                          tools: {one: {mcp: {url: '%s'}}, two: {mcp: {url: '%s'}}}
                          agents: [{name: Ann, tools: [one, two]}]
                          """
                              .formatted(server.url(), server.url()),
                          "team.yaml"),
                      TeamSetup.builder().environment(Map.of()).build()))
          .hasMessageContaining("Agent 'Ann' has two tools called 'a'");
    }
  }
}

package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.Eventually;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An MCP server that hangs while it begins: only those who need it wait, and not for long. */
@Timeout(300)
class HungStartTest {

  private StubMcpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = new StubMcpServer().with(StubMcpServer.Stream.NOT_ALLOWED);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private McpTeam team() throws TeamFileException {
    return McpTeam.open("{mcp: {url: '" + server.url() + "'}, timeout_seconds: 1}");
  }

  /** Starts the server again, which answers nothing but a call of an old session. */
  private Runnable restart(McpTeam team) throws IOException {
    Runnable answer = server.holdInitialize();
    server.restart(StubMcp.tools("a"));
    assertThat(team.call(null, "a").isError()).isTrue();
    return answer;
  }

  @Test
  void all_callers_wait_for_one_start_and_none_as_long_as_it_takes() throws Exception {
    try (McpTeam team = team()) {
      Runnable answer = restart(team);
      int before = server.begun.get();
      for (int i = 0; i < 2; i++) {
        assertThat(team.call(null, "a").isError()).isTrue();
      }
      Eventually.await(() -> server.waiting.get() == 1);
      assertThat(server.begun.get()).isBetween(before, before + 1);

      answer.run();
      Eventually.await(() -> !team.call(null, "a").isError());
      assertThat(server.waiting.get()).isZero();
    }
  }

  @Test
  void a_server_that_hangs_while_it_begins_does_not_keep_the_teams_open() throws Exception {
    Runnable answer;
    try (McpTeam team = team()) {
      answer = restart(team);
      assertThat(team.call(null, "a").isError()).isTrue();
      Eventually.await(() -> server.waiting.get() == 1);
    }
    assertThat(server.waiting.get()).isEqualTo(1);

    answer.run();
    Eventually.await(() -> server.ended.contains("s" + server.lastSession()));
  }
}

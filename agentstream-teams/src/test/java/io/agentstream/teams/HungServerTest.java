package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.Eventually;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An MCP server behind a URL that hangs holds neither threads nor connections. */
@Timeout(300)
class HungServerTest {

  private StubMcpServer server;
  private final Set<Thread> before = clients();

  @BeforeEach
  void startServer() throws IOException {
    server = new StubMcpServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void calls_that_hang_share_a_client_and_end_with_their_time() throws Exception {
    try (McpTeam team = McpTeam.open("{mcp: {url: '" + server.url() + "'}, timeout_seconds: 1}")) {
      server.hangCalls();
      while (server.hung.get() < 3) {
        assertThat(team.call(null, "a").isError()).isTrue();
      }
      assertThat(newClients()).isEqualTo(1);
      Eventually.await(() -> server.hungUp.get() == server.hung.get());
    }
  }

  @Test
  void users_share_a_client() throws Exception {
    String tools = "{mcp: {url: '" + server.url() + "', credentials: vault}}";
    try (McpTeam team =
        new McpTeam(
            tools,
            (name, user) -> CompletableFuture.completedStage(Map.of("Authorization", user)))) {
      for (int i = 0; i < 5; i++) {
        assertThat(team.offered("user" + i)).containsExactly("a");
      }
      assertThat(server.authorizations).hasSize(5);
      assertThat(newClients()).isEqualTo(1);
    }
  }

  private long newClients() {
    return clients().stream().filter(thread -> !before.contains(thread)).count();
  }

  /** Returns the threads of the HTTP clients; each client has one. */
  private static Set<Thread> clients() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("HttpClient-\\d+-SelectorManager"))
        .collect(Collectors.toSet());
  }
}

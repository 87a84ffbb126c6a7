package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Conversation;
import io.agentstream.event.StreamingToken;
import io.agentstream.event.ToolResult;
import io.agentstream.test.Eventually;
import io.agentstream.test.RecordedEvents;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

  /** How many calls a server gets at once. */
  private static final int MOST_CALLS = 8;

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
  void calls_that_hang_hold_the_tokens_of_nobody_and_more_of_them_are_refused() throws Exception {
    try (McpTeam team =
        McpTeam.open("{mcp: {url: '" + server.url() + "'}, timeout_seconds: 300}")) {
      server.hangCalls();
      RecordedEvents hung = new RecordedEvents();
      List<Conversation> waiting = new ArrayList<>();
      for (int i = 1; i <= MOST_CALLS; i++) {
        team.model.then(call -> call.toolCall("a", "{}").complete());
        waiting.add(team.teams.chat("T").start("Tea?", hung));
        int count = i;
        Eventually.await(() -> server.hung.get() == count);
      }
      assertThat(team.call(null, "a").result()).contains("busy with other calls");
      assertThat(team.events.get(0).only(StreamingToken.class).token()).isEqualTo("Well.");
      assertThat(hung.of(ToolResult.class)).isEmpty();
      waiting.forEach(Conversation::stop);
      waiting.forEach(conversation -> conversation.result().join());
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

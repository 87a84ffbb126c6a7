package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.chat.Conversation;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.chat.ToolSource;
import io.agentstream.event.Author;
import io.agentstream.event.ChatError;
import io.agentstream.event.InputRequested;
import io.agentstream.event.ToolResult;
import io.agentstream.test.Eventually;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ToolSourceContract;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An MCP server that each user reaches with credentials of their own. */
@Timeout(180)
class UserCredentialsTest {

  private static final String CANARY = "CANARY-";

  private StubMcpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = new StubMcpServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  private McpTeam team(McpCredentials credentials) throws TeamFileException {
    return new McpTeam(tools(), credentials);
  }

  private String tools() {
    return "{mcp: {url: '" + server.url() + "', headers: {X-Team: blue}, credentials: vault}}";
  }

  private static CompletionStage<Map<String, String>> token(String value) {
    return CompletableFuture.completedStage(Map.of("Authorization", CANARY + value));
  }

  private void assertSecret(McpTeam team) {
    assertThat(team.events.toString()).doesNotContain(CANARY);
    assertThat(team.log()).doesNotContain(CANARY);
    assertThat(team.teams.file() + team.teams.file().toYaml()).doesNotContain(CANARY);
  }

  @Test
  void each_user_has_a_connection_of_their_own() throws Exception {
    try (McpTeam team = team((tools, user) -> token(tools + user))) {
      assertThat(team.offered("mia")).containsExactly("a");
      assertThat(team.call("tom", "a").result()).isEqualTo("a done");
      assertThat(team.call("mia", "a").result()).isEqualTo("a done");

      assertThat(server.authorizations.values()).allMatch(values -> values.size() == 1);
      assertThat(server.authorizations.values())
          .containsOnly(Set.of(CANARY + "tmia"), Set.of(CANARY + "ttom"));
      assertSecret(team);
    }
  }

  @Test
  void only_the_owner_approves_a_call_with_her_credentials() throws Exception {
    String guarded = tools().replaceFirst("}$", ", approval: always}");
    try (McpTeam team = new McpTeam(guarded, (tools, user) -> token(user))) {
      RecordedEvents events = new RecordedEvents();
      team.model.then(call -> call.toolCall("a", "{}").complete());
      team.model.then(call -> call.tokens("Well.").complete());
      Conversation mias =
          team.teams.chat("T").newConversation("Tea?").owner("mia").listener(events).start();
      Eventually.await(() -> !events.of(InputRequested.class).isEmpty());
      String question = events.only(InputRequested.class).requestId();

      Conversation toms = mias.by(Author.of("tom", "Tom"));
      assertThat(toms.input(question, "approve").join()).isEqualTo(SteeringOutcome.NOT_FOUND);
      assertThat(events.of(ToolResult.class)).isEmpty();
      assertThat(mias.by(Author.of("mia", "Mia")).input(question, "approve").join())
          .isEqualTo(SteeringOutcome.ACCEPTED);
      mias.result().join();
      assertThat(events.only(ToolResult.class).result()).isEqualTo("a done");
    }
  }

  @Test
  void nobody_and_a_user_without_credentials_have_no_tools() throws Exception {
    try (McpTeam team = team((tools, user) -> CompletableFuture.completedStage(Map.of()))) {
      assertThat(team.offered(null)).isEmpty();
      assertThat(team.offered("mia")).isEmpty();
      assertThat(server.authorizations).isEmpty();
    }
  }

  @Test
  void credentials_that_cannot_be_had_or_sent_fail_the_turn_and_are_not_shown() throws Exception {
    List<McpCredentials> broken =
        List.of(
            (tools, user) -> {
              throw new IllegalStateException(CANARY);
            },
            (tools, user) -> {
              throw new AssertionError(CANARY);
            },
            (tools, user) -> CompletableFuture.failedStage(new IllegalStateException(CANARY)),
            (tools, user) -> null,
            (tools, user) -> CompletableFuture.completedStage(null),
            (tools, user) -> token("two\nlines"),
            (tools, user) -> CompletableFuture.completedStage(Map.of("No Header", CANARY)));
    for (McpCredentials credentials : broken) {
      try (McpTeam team = team(credentials)) {
        RecordedEvents events = team.run("mia");
        assertThat(events.only(ChatError.class).message())
            .isEqualTo("The agent's tools could not be listed.");
        assertSecret(team);
      }
    }
  }

  @Test
  void credentials_that_the_server_refuses_are_asked_for_again() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (McpTeam team = team((tools, user) -> token("v" + asked.incrementAndGet()))) {
      assertThat(team.call("mia", "a").isError()).isFalse();
      server.refused.put(CANARY + "v1", 401);
      assertThat(team.call("mia", "a").isError()).isTrue();
      assertThat(team.call("mia", "a").isError()).isFalse();
      assertThat(asked.get()).isEqualTo(2);

      server.refused.put(CANARY + "v3", 403);
      assertSecret(team);
    }
  }

  @Test
  void the_connections_are_bounded_and_the_oldest_ends() throws Exception {
    try (McpTeam team = team((tools, user) -> token(user))) {
      for (int i = 0; i < 105; i++) {
        assertThat(team.offered("user" + i)).containsExactly("a");
      }
      assertThat(server.authorizations).hasSize(105);
      Eventually.await(() -> server.ended.size() >= 5);
      assertThat(team.offered("user0")).containsExactly("a");
    }
    Eventually.await(() -> server.ended.size() == 106);
  }

  @Test
  void a_turn_that_waits_keeps_its_session_however_many_others_come() throws Exception {
    String guarded = tools().replaceFirst("}$", ", approval: always}");
    try (McpTeam team = new McpTeam(guarded, (tools, user) -> token(user))) {
      RecordedEvents events = new RecordedEvents();
      team.model.then(call -> call.toolCall("a", "{}").complete());
      Conversation mias =
          team.teams.chat("T").newConversation("Tea?").owner("mia").listener(events).start();
      Eventually.await(() -> !events.of(InputRequested.class).isEmpty());
      for (int i = 0; i < 105; i++) {
        assertThat(team.offered("user" + i)).containsExactly("a");
      }
      Eventually.await(() -> server.ended.size() >= 6);
      assertThat(server.ended).doesNotContainAnyElementsOf(sessionsOf("mia"));

      team.model.then(call -> call.tokens("Well.").complete());
      mias.input(events.only(InputRequested.class).requestId(), "approve").join();
      mias.result().join();
      assertThat(events.only(ToolResult.class).result()).isEqualTo("a done");
      assertThat(sessionsOf("mia")).as("the call came in the session of its turn").hasSize(1);
      for (int i = 0; i < 100; i++) {
        assertThat(team.offered("late" + i)).containsExactly("a");
      }
      Eventually.await(() -> server.ended.containsAll(sessionsOf("mia")));
    }
  }

  private List<String> sessionsOf(String user) {
    return server.authorizations.entrySet().stream()
        .filter(session -> session.getValue().contains(CANARY + user))
        .map(Map.Entry::getKey)
        .toList();
  }

  @Test
  void an_extension_that_is_not_there_is_named() {
    assertThatThrownBy(() -> McpTeam.open(tools().replace("vault", "valt")))
        .hasMessageContaining("tools.t: mcp.credentials: there is no extension 'valt'")
        .hasMessageContaining("vault");
  }

  /** The source of a user's tools keeps the contract. */
  @Nested
  class KeepsTheContract extends ToolSourceContract {
    private RealParts parts;

    @Override
    protected ToolSource source() {
      try {
        parts =
            new RealParts(
                TeamFile.parse(
                    "version: 1\ntools: {t: " + tools() + "}\nagents: [{name: Ann, tools: t}]\n",
                    "t.yaml"),
                TeamSetup.builder()
                    .extensions(
                        TeamExtensions.builder()
                            .credentials("vault", (tools, user) -> token(user))
                            .build())
                    .environment(Map.of())
                    .build());
        return parts.tools("t").source();
      } catch (TeamFileException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    protected String secret() {
      return CANARY;
    }

    @AfterEach
    void close() {
      parts.close();
    }
  }
}

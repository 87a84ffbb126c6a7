package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.http.CurlLines;
import io.agentstream.http.served.HttpAnswers;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.Editors;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import io.agentstream.jdbc.JdbcStore;
import io.agentstream.teams.TeamFile;
import io.agentstream.teams.TeamSetup;
import io.agentstream.teams.Teams;
import io.agentstream.test.ScriptedModel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agents and teams of one's own over HTTP. */
class OwnCatalogueOverHttpTest {

  private static final String[] ANN = {"Authorization", "Bearer ann"};
  private static final String[] BEN = {"Authorization", "Bearer ben"};

  @TempDir private Path folder;
  private Teams teams;
  private JdbcStore store;
  private ServedDoors served;
  private HttpAnswers http;

  /** Lets everybody in as who the token says, and those without a token as anonymous. */
  private enum Tokens implements Authenticator {
    INSTANCE;

    @Override
    public CompletionStage<Authentication> authenticate(Handshake handshake) {
      return CompletableFuture.completedStage(
          handshake.header("Authorization") == null
              ? Authentication.anonymous()
              : Authentication.awaitToken());
    }

    @Override
    public CompletionStage<Authentication> authenticate(String token, Handshake handshake) {
      return CompletableFuture.completedStage(Authentication.of(token));
    }
  }

  @BeforeEach
  void start() throws Exception {
    teams =
        Teams.open(
            TeamFile.parse(
                "version: 1\nmodels: {m: {}}\nagents: [{name: Guide}]\nteams: []\n", "t.yaml"),
            TeamSetup.builder().model("m", new ScriptedModel()).environment(Map.of()).build());
    store = JdbcStore.inFolder(folder);
    served =
        ServedDoors.start(
            new JettyServer(),
            ConversationHub.builder()
                .agents(teams.agents())
                .authenticator(Tokens.INSTANCE)
                .editor(teams.editor(), Editors.AUTHENTICATED)
                .store(store));
    http = served.http();
  }

  @AfterEach
  void stop() throws Exception {
    served.stop();
    store.close();
    teams.close();
  }

  private static String own(JsonNode reply, String list) {
    StringBuilder names = new StringBuilder();
    reply
        .path(list)
        .forEach(
            entry -> {
              if (entry.path("own").asBoolean()) {
                names.append(entry.path("name").asText()).append(' ');
              }
            });
    return names.toString().strip();
  }

  @Test
  void every_line_of_curl_in_the_documentation_does_what_the_page_says() throws Exception {
    String said = CurlLines.section("http.md", CurlLines.OWN, 7).run(served.root(), folder);
    assertThat(said).contains("\"name\":\"Rain\"", "\"name\":\"Weather\"", "\"conversation_id\":");
    JsonNode left = http.get("/api/agents", "Authorization", "Bearer 0123-a-token-of-mine").json();
    assertThat(own(left, "agents")).isEqualTo("Sun");
    assertThat(own(left, "teams")).isEmpty();
  }

  @Test
  void they_are_saved_listed_started_and_deleted() {
    Answer agent =
        http.post(
            "/api/agents", "{\"agent\":{\"name\":\"Dr. 雨\",\"system_prompt\":\"Secret.\"}}", ANN);
    assertThat(agent.status()).as(agent.response().body()).isEqualTo(200);
    assertThat(own(agent.json(), "agents")).isEqualTo("Dr. 雨");
    Answer team =
        http.post(
            "/api/teams",
            "{\"team\":{\"name\":\"Duet\",\"participants\":[\"Dr. 雨\",\"Guide\"]}}",
            ANN);
    assertThat(own(team.json(), "teams")).isEqualTo("Duet");
    assertThat(http.get("/api/agents", BEN).response().body()).doesNotContain("Dr. 雨", "Secret");

    Answer started = http.post("/api/conversations", "{\"topic\":\"Rain\",\"team\":\"Duet\"}", ANN);
    assertThat(started.status()).isEqualTo(201);
    assertThat(
            http.post("/api/conversations", "{\"topic\":\"Rain\",\"team\":\"Duet\"}", BEN).code())
        .isEqualTo("invalid_field");

    assertThat(http.send("DELETE", "/api/agents/Dr.%20%E9%9B%A8", null, BEN).status())
        .isEqualTo(404);
    Answer inUse = http.send("DELETE", "/api/agents/Dr.%20%E9%9B%A8", null, ANN);
    assertThat(inUse.status()).as(inUse.response().body()).isBetween(200, 499);
    assertThat(own(http.send("DELETE", "/api/teams/Duet", null, ANN).json(), "teams")).isEmpty();
    http.send("DELETE", "/api/agents/Dr.%20%E9%9B%A8", null, ANN);
    assertThat(own(http.get("/api/agents", ANN).json(), "agents")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST   | /api/agents   | {"agent": 7}                                    | invalid_field
          POST   | /api/agents   | {}                                              | invalid_field
          POST   | /api/agents   | {"agent": {"name": "X", "model": "no"}}         | invalid_field
          POST   | /api/agents   | {"agent": {"name": "X", "api_key_env": "PATH"}} | invalid_field
          POST   | /api/agents   | {"agent": {"name": "Guide"}}                    | invalid_field
          POST   | /api/agents   | [1]                                             | invalid_json
          POST   | /api/teams    | {"team": {"name": "T", "participants": []}}     | invalid_field
          POST   | /api/teams    | {"team": {"name": "T", "participants": ["No"]}} | invalid_field
          DELETE | /api/teams/No |                                                 | not_found
          """)
  void a_mistake_is_named_as_on_the_wire(String method, String path, String body, String code) {
    Answer answer = http.send(method, path, body, ANN);
    assertThat(answer.code()).as(answer.response().body()).isEqualTo(code);
  }

  @Test
  void an_anonymous_caller_can_keep_nothing() {
    assertThat(http.post("/api/agents", "{\"agent\":{\"name\":\"X\"}}").code())
        .isEqualTo("unknown_type");
    assertThat(http.send("DELETE", "/api/teams/X", null).code()).isEqualTo("unknown_type");
  }
}

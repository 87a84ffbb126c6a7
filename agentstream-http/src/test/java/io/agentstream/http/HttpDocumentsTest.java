package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.agentstream.chat.Agent;
import io.agentstream.http.served.HttpAnswers;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.identity.Handshake;
import io.agentstream.jdbc.JdbcStore;
import io.agentstream.settings.Limits;
import io.agentstream.test.Eventually;
import io.agentstream.test.ScriptedModel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations as documents over HTTP, on a real H2. */
class HttpDocumentsTest {

  private static final String[] ANN = {"Authorization", "Bearer ann"};
  private static final String[] BEN = {"Authorization", "Bearer ben"};
  private static final String IMPORT = "/api/conversations/import";

  private static final Authenticator BY_HEADER =
      new Authenticator() {
        @Override
        public CompletionStage<Authentication> authenticate(Handshake handshake) {
          String user = handshake.header("Authorization");
          return CompletableFuture.completedStage(
              user == null ? Authentication.anonymous() : Authentication.of(user));
        }
      };

  @TempDir private Path folder;
  private ServedDoors served;
  private JdbcStore store;

  @AfterEach
  void stop() throws Exception {
    served.stop();
    if (store != null) {
      store.close();
    }
  }

  private HttpAnswers serve(ConversationHubBuilder hub) throws Exception {
    ScriptedModel model = new ScriptedModel().always(call -> call.tokens("Tea.").complete());
    served =
        ServedDoors.start(
            new JettyServer(),
            hub.agents(Agent.builder("Ada").model(model).build()).authenticator(BY_HEADER));
    return served.http();
  }

  private ConversationHubBuilder keeping() {
    store = JdbcStore.inFolder(folder);
    return ConversationHub.builder().store(store);
  }

  private static ObjectNode exported(HttpAnswers http) {
    String start = "{\"topic\":\"tea\",\"max_rounds\":1}";
    String id = http.post("/api/conversations", start, ANN).json().get("conversation_id").asText();
    Eventually.await(() -> export(http, id, ANN).json().has("ended"));
    return (ObjectNode) export(http, id, ANN).json();
  }

  private static Answer export(HttpAnswers http, String id, String... who) {
    return http.get("/api/conversations/" + id + "/export", who);
  }

  @Test
  void what_one_user_has_exported_another_imports_as_a_conversation_of_their_own()
      throws Exception {
    HttpAnswers http = serve(keeping());
    ObjectNode document = exported(http);

    Answer imported = http.post(IMPORT, document.toString(), BEN);
    assertThat(imported.status()).isEqualTo(201);
    String copy = imported.json().get("conversation_id").asText();
    assertThat(imported.header("Location")).isEqualTo(copy);
    assertThat(imported.json().get("continues").asBoolean()).isTrue();

    ObjectNode again = (ObjectNode) export(http, copy, BEN).json();
    assertThat(again.at("/messages/0/author/id").asText()).isEqualTo("imported-1");
    assertThat(again.at("/messages/0/author/verified").asBoolean()).isFalse();
    assertThat(again.at("/messages/1")).isEqualTo(document.at("/messages/1"));
    assertThat(again.get("ended")).isEqualTo(document.get("ended"));

    Answer hidden = export(http, copy, ANN);
    assertThat(hidden.status()).isEqualTo(404);
    assertThat(hidden.response().body())
        .isEqualTo(export(http, "AAAAAAAAAAAAAAAAAAAAAA", ANN).response().body());
  }

  @Test
  void what_is_no_document_is_a_problem_that_names_the_place() throws Exception {
    HttpAnswers http = serve(keeping().limits(Limits.builder().maxImportBytes(5_000).build()));
    ObjectNode document = exported(http);
    assertThat(http.post(IMPORT, "{").status()).isEqualTo(400);
    assertThat(http.post(IMPORT, null).code()).isEqualTo("invalid_json");
    Answer future = http.post(IMPORT, document.deepCopy().put("version", 2).toString());
    assertThat(future.status()).isEqualTo(422);
    assertThat(future.json().get("detail").asText()).contains("'version'");
    Answer wrong = http.post(IMPORT, document.deepCopy().put("topic", 1).toString());
    assertThat(wrong.json().get("detail").asText()).contains("'topic'");
    Answer large = http.post(IMPORT, document.put("x", "x".repeat(5_000)).toString());
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.code()).isEqualTo("limit_exceeded");
  }

  @Test
  void a_server_that_keeps_nothing_exports_and_imports_nothing() throws Exception {
    HttpAnswers http = serve(ConversationHub.builder());
    Answer refused = http.post(IMPORT, exported(http).toString(), ANN);
    assertThat(refused.status()).isEqualTo(501);
    assertThat(refused.code()).isEqualTo("unknown_type");
    assertThat(http.get("/api/welcome").json().at("/data/limits").has("max_import_bytes"))
        .isFalse();
  }
}

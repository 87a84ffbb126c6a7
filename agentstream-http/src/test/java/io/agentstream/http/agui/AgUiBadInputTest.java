package io.agentstream.http.agui;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.OneToken;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.settings.Limits;
import io.agentstream.test.ScriptedModel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are no run: each is a problem that names what is wrong. */
class AgUiBadInputTest {

  private static final String PATH = "/agui/tea";
  private static final String IDS = "\"threadId\":\"t\",\"runId\":\"r\"";
  private static final String ASKS =
      IDS + ",\"messages\":[{\"id\":\"q\",\"role\":\"user\",\"content\":\"Tea?\"}]";

  private ServedDoors served;

  private static ConversationHubBuilder hub() {
    Agent ann =
        Agent.builder("Ann")
            .model(new ScriptedModel().always(call -> call.tokens("Yes.").complete()))
            .build();
    return ConversationHub.builder()
        .limits(Limits.builder().startsPerMinute(0).messagesPerMinute(0).build())
        .agents(ann)
        .team("tea", GroupChat.builder().participants(ann).maxRounds(1).build());
  }

  private Answer post(String path, String body) throws Exception {
    if (served == null) {
      served = ServedDoors.start(new JettyServer(), hub());
    }
    return served.http().post(path, body);
  }

  @AfterEach
  void stop() throws Exception {
    if (served != null) {
      served.stop();
    }
  }

  private void refused(String fields, int status, String code, String names) throws Exception {
    Answer answer = post(PATH, "{" + fields + "}");

    assertThat(answer.status()).as(fields).isEqualTo(status);
    assertThat(answer.code()).as(fields).isEqualTo(code);
    assertThat(answer.json().path("detail").asText()).as(fields).contains(names);
  }

  @Test
  void a_field_that_is_missing_or_wrong_is_named() throws Exception {
    for (String field : new String[] {"threadId", "runId"}) {
      String other = field.equals("runId") ? "\"threadId\":\"t\"," : "\"runId\":\"r\",";
      refused(other + "\"messages\":[]", 422, "invalid_field", field);
      for (String value : new String[] {"7", "\"\"", "null", "{}", "\"" + "x".repeat(101) + "\""}) {
        refused(other + "\"" + field + "\":" + value, 422, "invalid_field", field);
      }
    }
    for (String list : new String[] {"messages", "context", "resume"}) {
      for (String value : new String[] {"7", "{}", "\"x\""}) {
        refused(IDS + ",\"" + list + "\":" + value, 422, "invalid_field", list);
      }
    }
    for (String message :
        new String[] {
          "7",
          "null",
          "{}",
          "{\"role\":\"owner\"}",
          "{\"role\":\"user\",\"content\":7}",
          "{\"role\":\"user\",\"content\":[{\"type\":\"image\"}]}",
          "{\"role\":\"user\",\"content\":[7]}"
        }) {
      refused(IDS + ",\"messages\":[" + message + "]", 422, "invalid_field", "messages[0]");
    }
    for (String entry :
        new String[] {
          "7",
          "{}",
          "{\"interruptId\":\"i1\"}",
          "{\"interruptId\":\"i1\",\"status\":\"done\"}",
          "{\"interruptId\":7,\"status\":\"resolved\",\"payload\":\"x\"}"
        }) {
      assertThat(post(PATH, "{" + ASKS + ",\"resume\":[" + entry + "]}").status()).isEqualTo(422);
    }
    for (String payload : new String[] {"7", "{}", "null", "\"\"", "[]", "{\"answer\":7}"}) {
      refused(
          ASKS
              + ",\"resume\":[{\"interruptId\":\"i1\",\"status\":\"resolved\",\"payload\":"
              + payload
              + "}]",
          422,
          "invalid_field",
          "resume");
    }
    refused(ASKS + ",\"context\":[{\"description\":\"x\"}]", 422, "invalid_field", "context");
    assertThat(served.hub().conversations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'',400", "{,400", "[],400", "'{} {}',400", "null,400"})
  void a_body_that_is_no_object_is_refused(String body, int status) throws Exception {
    Answer answer = post(PATH, body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo("invalid_json");
  }

  @Test
  void an_unknown_team_path_or_method_is_refused() throws Exception {
    assertThat(post("/agui/nobody", "{" + ASKS + "}").status()).isEqualTo(404);
    assertThat(post("/agui/tea/x", "{" + ASKS + "}").status()).isEqualTo(404);
    assertThat(served.http().get(PATH).status()).isEqualTo(405);
    assertThat(served.http().send("DELETE", PATH, null).status()).isEqualTo(405);
    assertThat(post(PATH, "{" + IDS + ",\"messages\":[]}").status()).isEqualTo(404);
    assertThat(served.hub().conversations()).isEmpty();
  }

  @Test
  void a_server_with_one_team_needs_no_name_and_another_takes_it_from_the_request()
      throws Exception {
    assertThat(post("/agui/", "{" + ASKS + "}").response().body()).contains("RUN_FINISHED");
    Answer named =
        post(
            "/agui",
            "{\"threadId\":\"t2\",\"runId\":\"r\",\"forwardedProps\":{\"agent\":\"Ann\"},"
                + "\"messages\":[{\"id\":\"q\",\"role\":\"user\",\"content\":\"Tea?\"}]}");
    assertThat(named.response().body()).contains("RUN_FINISHED");
  }

  @Test
  void a_stranger_is_refused_and_a_known_user_finds_the_thread_again() throws Exception {
    served =
        ServedDoors.start(
            new JettyServer(), hub().authenticator(new OneToken("tea-token-of-ann", "ann")));
    String bearer = "Bearer tea-token-of-ann";

    assertThat(post(PATH, "{" + ASKS + "}").status()).isEqualTo(401);
    assertThat(
            served.http().post(PATH, "{" + ASKS + "}", "Authorization", bearer).response().body())
        .contains("\"name\":\"Ann\"", "RUN_FINISHED");
    assertThat(served.http().post(PATH, "{" + IDS + "}", "Authorization", "Bearer wrong").status())
        .isEqualTo(401);
    assertThat(served.http().post(PATH, "{" + IDS + "}", "Authorization", bearer).status())
        .isEqualTo(200);
  }

  @Test
  void strangers_who_choose_the_same_simple_name_have_threads_of_their_own() throws Exception {
    String first = post(PATH, "{" + ASKS.replace("Tea?", "First?") + "}").response().body();
    String second = post(PATH, "{" + ASKS.replace("Tea?", "Second?") + "}").response().body();

    assertThat(first).contains("First?", "RUN_FINISHED");
    assertThat(second).contains("Second?", "RUN_FINISHED").doesNotContain("First?");
    assertThat(served.hub().conversations()).hasSize(2);
    String random = "11111111-2222-4333-8444-555555555555";
    String asks = ASKS.replace("\"t\"", "\"" + random + "\"");
    post(PATH, "{" + asks + "}");
    assertThat(post(PATH, "{" + asks + "}").response().body()).contains("Tea?", "RUN_FINISHED");
    String more = asks.replace("Tea?", "Milk?").replace("\"r\"", "\"r2\"");
    assertThat(post(PATH, "{" + more + "}").response().body())
        .contains("Tea?", "Milk?", "RUN_FINISHED");
    assertThat(served.hub().conversations()).hasSize(3);
  }

  @Test
  void a_message_that_is_longer_than_a_topic_may_be_is_refused() throws Exception {
    Answer answer = post(PATH, "{" + ASKS.replace("Tea?", "x".repeat(8_001)) + "}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("limit_exceeded");
    assertThat(served.hub().conversations()).isEmpty();
  }
}

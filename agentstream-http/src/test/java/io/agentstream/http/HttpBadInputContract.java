package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.RawConnection;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.settings.Limits;
import io.agentstream.test.ScriptedModel;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Requests that must be refused, and harm no conversation. */
abstract class HttpBadInputContract {

  private static final int MAX_BYTES = 4_096;
  private static final Pattern STACK_TRACE =
      Pattern.compile(
          "\\bat [\\w.$/]+\\(|\\.java:\\d|Caused by|[a-z]\\.[A-Z]\\w*(Exception|Error)\\b|<html");

  /** Returns a container that has not been started. */
  abstract EmbeddedServer container();

  @Test
  void every_bad_request_is_a_problem_and_the_conversation_goes_on() throws Exception {
    ScriptedModel model = new ScriptedModel();
    ServedDoors served =
        ServedDoors.start(
            container(),
            ConversationHub.builder()
                .agents(Agent.builder("Ada").model(model).build())
                .limits(
                    Limits.builder()
                        .maxMessageBytes(MAX_BYTES)
                        .messagesPerMinute(0)
                        .startsPerMinute(0)
                        .build()));
    try {
      String id =
          served
              .http()
              .post("/api/conversations", "{\"topic\":\"tea\",\"max_rounds\":1}")
              .json()
              .get("conversation_id")
              .asText();
      List<HttpBadInputs> rows = HttpBadInputs.all(id, MAX_BYTES);
      assertThat(rows).hasSizeGreaterThan(300).doesNotHaveDuplicates();
      SoftAssertions all = new SoftAssertions();
      rows.forEach(row -> refuses(served, row, all));
      List<HttpOddRequests> oddities = HttpOddRequests.all();
      assertThat(oddities).hasSizeGreaterThan(80).doesNotHaveDuplicates();
      for (HttpOddRequests row : oddities) {
        isRight(row, answerTo(row, served), all);
      }
      all.assertAll();
      model.awaitNext().tokens("Unharmed.").complete();
      assertThat(served.hub().conversations()).hasSize(1);
      served.hub().conversations().iterator().next().result().join();
      assertThat(served.http().get("/api/conversations/" + id).json().at("/messages/1/content"))
          .hasToString("\"Unharmed.\"");
    } finally {
      served.stop();
    }
  }

  private static String answerTo(HttpOddRequests row, ServedDoors served) throws IOException {
    try (RawConnection connection = new RawConnection(served.root())) {
      return connection.exchange(row.bytes());
    }
  }

  /** A refusal by the container, before a door is reached, has the container's own form. */
  private static void isRight(HttpOddRequests row, String answer, SoftAssertions all) {
    String status = row.served() ? "(?s)HTTP/1.[01] 200 .*" : "(?s)(HTTP/1.1 [45].*)?";
    all.assertThat(answer).as("%s", row).matches(status);
    if (row.served()) {
      all.assertThat(answer).as("%s", row).containsAnyOf("\"Ada\"", "\"pong\"");
    }
  }

  private static void refuses(ServedDoors served, HttpBadInputs row, SoftAssertions all) {
    Answer answer =
        served
            .http()
            .send(row.method(), row.path(), row.body(), row.headers().toArray(String[]::new));
    String body = answer.response().body();
    all.assertThat(row.statuses()).as("%s got %s", row, body).contains(answer.status());
    all.assertThat(STACK_TRACE.matcher(body).find()).as("%s got %s", row, body).isFalse();
    all.assertThat(answer.header("content-type"))
        .as("%s", row)
        .isEqualTo("application/problem+json");
    all.assertThat(body).as("%s", row).contains("\"status\":" + answer.status(), "\"code\":\"");
  }
}

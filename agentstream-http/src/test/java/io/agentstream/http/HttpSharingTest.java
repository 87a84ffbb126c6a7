package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.http.served.HttpAnswers;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Authenticator;
import io.agentstream.test.EventLine;
import io.agentstream.test.ScriptedModel;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Links over HTTP, where each request brings the token. */
class HttpSharingTest {

  private static final String[] ANN = {"Authorization", "Bearer ann"};

  private ServedDoors served;
  private HttpAnswers http;
  private String conversation;

  @BeforeEach
  void start() throws Exception {
    ScriptedModel model = new ScriptedModel();
    served =
        ServedDoors.start(
            new JettyServer(),
            ConversationHub.builder()
                .agents(Agent.builder("Ada").model(model).build())
                .authenticator(Authenticator.byToken((token, shaken) -> Authentication.of(token))));
    http = served.http();
    String id = http.start(ANN);
    conversation = "/api/conversations/" + id;
  }

  @AfterEach
  void stop() throws Exception {
    served.stop();
  }

  @Test
  void a_link_to_view_lets_read_and_nothing_else() {
    String[] guest = guest(share("view").get("token").asText());
    assertThat(http.get(conversation, guest).status()).isEqualTo(200);
    for (String path :
        new String[] {"/stop", "/pause", "/unpause", "/stop-speaker", "/typing", "/messages"}) {
      Answer refused = http.post(conversation + path, "{\"content\":\"x\"}", guest);
      assertThat(refused.status()).as(path).isEqualTo(404);
      assertThat(refused.response().body()).as(path).contains("yours to view");
    }
    assertThat(http.send("DELETE", conversation, null, guest).status()).isEqualTo(404);
    assertThat(http.get(conversation + "/shares", guest).response().body())
        .contains("yours to view");
    assertThat(http.get(conversation, "Authorization", "Bearer ben").status()).isEqualTo(404);
  }

  @Test
  void a_link_to_steer_lets_steer_until_it_is_revoked() {
    JsonNode link = share("steer");
    String[] guest = guest(link.get("token").asText());
    String said = "{\"content\":\"milk\",\"interrupt\":true}";
    assertThat(http.post(conversation + "/messages", said, guest).status()).isEqualTo(202);

    JsonNode listed = http.get(conversation + "/shares", ANN).json().get("shares");
    assertThat(listed).hasSize(1);
    assertThat(listed.toString()).doesNotContain(link.get("token").asText());
    String shareId = link.at("/share/share_id").asText();
    String path = conversation + "/shares/" + shareId;
    assertThat(http.send("DELETE", path, null, ANN).status()).isEqualTo(200);
    assertThat(http.send("DELETE", path, null, ANN).status()).isEqualTo(404);

    assertThat(http.post(conversation + "/messages", said, guest).response().body())
        .isEqualTo(http.post("/api/conversations/AAAA/messages", said, guest).response().body());
  }

  @Test
  void a_stream_of_a_guest_shows_who_is_here_and_ends_with_the_link() throws Exception {
    JsonNode link = share("view");
    Answer ticket = http.post("/api/tickets", null, guest(link.get("token").asText()));
    String stream =
        conversation + "/events?presence=true&ticket=" + ticket.json().get("ticket").asText();
    try (EventLine events = EventLine.open(served.root(), stream)) {
      assertThat(await(events, "joined")).contains("\"access\":\"view\"");
      assertThat(await(events, "presence")).contains("\"viewers\":1");
      String path = conversation + "/shares/" + link.at("/share/share_id").asText();
      http.send("DELETE", path, null, ANN);
      assertThat(await(events, "left")).contains("share_ended");
    }
  }

  /** Returns the data of the next event of this type. */
  private static String await(EventLine events, String type) throws IOException {
    String data = "";
    while (!data.contains("\"type\":\"" + type + "\"")) {
      data = Objects.requireNonNull(events.next(), "the end").data();
    }
    return data;
  }

  private JsonNode share(String access) {
    Answer made = http.post(conversation + "/shares", "{\"access\":\"" + access + "\"}", ANN);
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    return made.json();
  }

  private static String[] guest(String token) {
    return new String[] {"Authorization", "Bearer ben", "Agentstream-Share", token};
  }
}

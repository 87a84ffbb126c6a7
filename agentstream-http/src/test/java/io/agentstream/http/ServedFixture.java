package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.http.served.HttpAnswers;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.test.ScriptedModel;
import org.junit.jupiter.api.AfterEach;

/** Serves a hub with one agent, whose model never answers, until the end of the test. */
abstract class ServedFixture {

  static final String START = "{\"topic\":\"tea\",\"max_rounds\":1}";

  ServedDoors served;

  @AfterEach
  void stop() throws Exception {
    if (served != null) {
      served.stop();
    }
  }

  HttpAnswers serve(ConversationHubBuilder hub) throws Exception {
    served = ServedDoors.start(new JettyServer(), hub);
    return served.http();
  }

  static ConversationHubBuilder hub() {
    ScriptedModel model = new ScriptedModel();
    return ConversationHub.builder().agents(Agent.builder("Ada").model(model).build());
  }

  /** Returns the id of a conversation that it starts. */
  static String start(HttpAnswers http, String... headers) {
    Answer started = http.post("/api/conversations", START, headers);
    assertThat(started.status()).as(started.response().body()).isEqualTo(201);
    return started.json().get("conversation_id").asText();
  }
}

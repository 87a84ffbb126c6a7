package io.agentstream.http.openai;

import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.test.ScriptedModel;
import org.junit.jupiter.api.AfterEach;

/** Served doors, which a client of the OpenAI format asks. */
abstract class OpenAiClients {

  final ScriptedModel model = new ScriptedModel();
  ServedDoors served;

  ServedDoors serve(ConversationHubBuilder hub) throws Exception {
    served = ServedDoors.start(new JettyServer(), hub);
    return served;
  }

  Answer ask(String body) {
    return served.http().post(TeaTeam.PATH, body);
  }

  @AfterEach
  void stop() throws Exception {
    served.stop();
  }
}

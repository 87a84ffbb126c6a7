package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.GroupChat;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.test.ScriptedModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every line of curl in docs/http-formats.md, in its order. */
class FormatsDocsTest {

  @TempDir private Path folder;

  @Test
  void every_line_of_curl_does_what_the_page_says() throws Exception {
    ScriptedModel model =
        new ScriptedModel().always(call -> call.tokens("With ", "milk.").complete());
    Agent ann = Agent.builder("Ann").description("Knows tea").model(model).build();
    Agent ben = Agent.builder("Ben").description("Knows coffee").model(model).build();
    ServedDoors served =
        ServedDoors.start(
            new JettyServer(),
            ConversationHub.builder()
                .team("tea", GroupChat.builder().participants(ann, ben).maxRounds(1).build()));
    try {
      String said = CurlLines.of("http-formats.md", 6).run(served.root(), folder);
      assertThat(said)
          .contains("\"id\":\"tea\"")
          .contains("**Ann:** With milk.")
          .contains("data: [DONE]")
          .contains("\"content\":\"With milk.\\n\\nWith milk.\"")
          .contains("\"code\":\"model_not_found\"")
          .contains("\"name\":\"Ben\"", "\"type\":\"RUN_FINISHED\"");
    } finally {
      served.stop();
    }
  }
}

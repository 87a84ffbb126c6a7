package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.jdbc.JdbcStore;
import io.agentstream.store.Store;
import io.agentstream.test.ScriptedModel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every line of curl in docs/http.md, in its order. */
class HttpDocsTest {

  @TempDir private Path folder;

  @Test
  void every_line_of_curl_does_what_the_page_says() throws Exception {
    ScriptedModel model = new ScriptedModel().always(call -> call.tokens("With milk.").complete());
    Store store = JdbcStore.inFolder(folder.resolve("data"));
    ServedDoors served =
        ServedDoors.start(
            new JettyServer(),
            ConversationHub.builder()
                .agents(Agent.builder("Ada").description("Knows tea").model(model).build())
                .store(store));
    try {
      String said = CurlLines.of("http.md", 10).run(served.root(), folder);
      assertThat(said)
          .contains("\"name\":\"Ada\"")
          .contains("conversation_ended")
          .contains("\"content\":\"With milk.\"")
          .contains("\"content\":\"And milk?\"")
          .contains("\"conversations\":[")
          .contains("\"continues\":true")
          .contains("\"code\":\"not_found\"");
    } finally {
      served.stop();
      store.close();
    }
  }
}

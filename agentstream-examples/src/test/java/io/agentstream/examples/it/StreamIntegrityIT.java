package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.examples.demo.CompletionRequest;
import io.agentstream.examples.demo.CompletionRequest.Message;
import io.agentstream.examples.demo.CompletionServer;
import java.net.http.HttpClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 200 tokens from each of three agents, through the whole line. */
@Timeout(300)
class StreamIntegrityIT {

  private static final int AGENTS = 3;
  private static final int TOKENS = 200;

  @Test
  void no_token_is_lost_doubled_or_out_of_order() {
    PacedScript script = new PacedScript(TOKENS, 2);
    try (CompletionServer model = CompletionServer.start(script);
        ServerProcess server = ServerProcess.start(Map.of("OPENAI_BASE_URL", model.baseUrl()))) {
      Viewer viewer = Viewer.connect(HttpClient.newHttpClient(), server.webSocket());
      viewer.send("start_conversation", Map.of("topic", "Tea?", "max_rounds", 1));
      viewer.first("conversation_ended").join();

      Watched watched = Watched.by(viewer).isGapFree().agreesWithItself();
      assertThat(watched.tokens()).isEqualTo(AGENTS * TOKENS);
      assertThat(watched.said().values())
          .containsExactly(script.text(1), script.text(2), script.text(3));
      assertThat(promptOf(script.requests().get(1))).contains("Mia: " + script.text(1).strip());
      assertThat(promptOf(script.requests().get(2))).contains("Otto: " + script.text(2).strip());
    }
  }

  private static String promptOf(CompletionRequest request) {
    return request.messages().stream().map(Message::content).reduce("", String::concat);
  }
}

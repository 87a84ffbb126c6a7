package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.test.StubAnswer;
import io.agentstream.test.StubModelServer;
import io.agentstream.test.StubRequest;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stop reaches the model server, through the whole line. */
@Timeout(300)
class StopIT {

  private static final int STOPS = 20;

  @Test
  void a_stop_hangs_up_on_the_model_server() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (StubModelServer model = StubModelServer.start();
        ServerProcess server = ServerProcess.start(Map.of("OPENAI_BASE_URL", model.baseUrl()))) {
      HttpClient client = HttpClient.newHttpClient();
      long longest = 0;
      for (int i = 0; i < STOPS; i++) {
        model.enqueue(StubAnswer.stream().tokens("So ", "far").stallUntil(never));
        longest = Math.max(longest, stopOne(client, server, model));
      }
      System.out.printf(
          "stop to upstream closed: %d stops, the longest took %d ms%n",
          STOPS, longest / 1_000_000);
    } finally {
      never.countDown();
    }
  }

  /** From the command to the hang-up, in nanoseconds. */
  private static long stopOne(HttpClient client, ServerProcess server, StubModelServer model)
      throws InterruptedException {
    Viewer viewer = Viewer.connect(client, server.webSocket());
    viewer.send("start_conversation", Map.of("topic", "Tea?"));
    JsonNode accepted = viewer.first("accepted").join();
    viewer.first("streaming_token").join();
    StubRequest request = model.awaitRequest();
    assertThat(request.isHungUp()).isFalse();

    long from = System.nanoTime();
    viewer.send(
        "stop_conversation",
        Map.of("conversation_id", accepted.at("/data/conversation_id").asText()));
    request.awaitHangUp();
    long taken = System.nanoTime() - from;

    JsonNode ended = viewer.first("conversation_ended").join();
    assertThat(ended.at("/data/reason").asText()).isEqualTo("stopped");
    assertThat(Watched.by(viewer).isGapFree().agreesWithItself().said().values().iterator().next())
        .startsWith("So ");
    return taken;
  }
}

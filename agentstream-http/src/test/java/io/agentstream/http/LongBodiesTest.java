package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.http.served.HttpAnswers.Answer;
import io.agentstream.http.served.JettyServer;
import io.agentstream.http.served.RawConnection;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.test.ScriptedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Bodies that do not end. */
class LongBodiesTest {

  private static final String PATH = "/v1/chat/completions";
  private static final int BODY_BYTES = 4 * 1024 * 1024;

  /** With them, the bodies would take up all of the room in a heap of 1 GiB. */
  private static final int CONNECTIONS = 10;

  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final List<RawConnection> flood = new ArrayList<>();

  @Test
  void a_flood_of_long_bodies_from_one_address_leaves_room_for_another() throws Exception {
    ScriptedModel model = new ScriptedModel();
    model.always(call -> call.tokens("Yes.").complete());
    ServedDoors served =
        ServedDoors.start(
            new JettyServer(),
            ConversationHub.builder()
                .agents(Agent.builder("Ada").model(model).build())
                .defaultMaxRounds(1)
                .clientAddress(handshake -> handshake.header("Network")));
    try {
      List<CompletableFuture<Void>> refused = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        RawConnection connection = new RawConnection(served.root());
        flood.add(connection);
        refused.add(CompletableFuture.runAsync(() -> sendAllButOneByte(connection), clients));
      }
      CompletableFuture.anyOf(refused.toArray(CompletableFuture[]::new)).join();

      String body = "{\"model\":\"Ada\",\"messages\":[{\"role\":\"user\",\"content\":\"Tea?\"}]";
      Answer answer =
          served.http().post(PATH, body + " ".repeat(100 * 1024) + "}", "Network", "192.0.2.2");

      assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    } finally {
      for (RawConnection connection : flood) {
        connection.close();
      }
      clients.shutdown();
      served.stop();
    }
  }

  /** Returns when the server refuses the request, because it does not wait for its end. */
  private static void sendAllButOneByte(RawConnection connection) {
    try {
      connection.send(
          "POST " + PATH,
          "Network: 192.0.2.1",
          "Content-Type: application/json",
          "Content-Length: " + BODY_BYTES);
      connection.sendBytes(" ".repeat(BODY_BYTES - 1));
      assertThat(connection.read().status()).isEqualTo(503);
    } catch (IOException e) {
      // The connection was closed while the body was still being sent: refused as well.
    }
  }
}

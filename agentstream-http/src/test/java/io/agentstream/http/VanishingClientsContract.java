package io.agentstream.http;

import io.agentstream.chat.Agent;
import io.agentstream.http.served.EmbeddedServer;
import io.agentstream.http.served.RawConnection;
import io.agentstream.http.served.ServedDoors;
import io.agentstream.hub.ConversationHub;
import io.agentstream.settings.Limits;
import io.agentstream.test.Eventually;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Clients that vanish harm nobody else. A container uses the objects of a request that has failed
 * for the next one, so a late call for the first would end the second.
 */
abstract class VanishingClientsContract {

  private static final int ROUNDS = 10;
  private static final int CLIENTS = 40;

  /** Returns a container that has not been started. */
  abstract EmbeddedServer container();

  @Test
  void clients_that_vanish_in_the_middle_of_a_stream_cut_no_other_stream() throws Exception {
    ScriptedModel model = new ScriptedModel();
    ServedDoors served =
        ServedDoors.start(
            container(),
            ConversationHub.builder()
                .agents(Agent.builder("Ada").model(model).build())
                .defaultMaxRounds(1)
                .limits(Limits.builder().connectionsPerAddress(0).messagesPerMinute(0).build()));
    try {
      String id = served.http().start();
      ScriptedCall call = model.awaitNext();
      List<RawConnection> before = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        for (RawConnection client : before) {
          client.vanish();
        }
        call.tokens("lost ");
        List<RawConnection> clients = open(served, id);
        Eventually.await(
            "all new streams last, and no old one", () -> served.hub().load().views() == CLIENTS);
        call.tokens("round-" + round + " ");
        for (RawConnection client : clients) {
          client.readUntil("round-" + round + " ");
        }
        before = clients;
      }
      call.complete();
      for (RawConnection client : before) {
        client.readUntil("conversation_ended");
        client.close();
      }
    } finally {
      served.stop();
    }
  }

  private static List<RawConnection> open(ServedDoors served, String id) throws IOException {
    List<RawConnection> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      RawConnection client = new RawConnection(served.root());
      client.send("GET /api/conversations/" + id + "/events");
      clients.add(client);
    }
    return clients;
  }
}

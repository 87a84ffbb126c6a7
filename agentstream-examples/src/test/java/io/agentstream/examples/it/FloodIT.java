package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Floods of what costs a client little: requests, connections, headers, frames. */
@Timeout(300)
@EnabledIfSystemProperty(named = "agentstream.slow", matches = "true", disabledReason = "minutes")
class FloodIT extends AttackedServer {

  private static final int MOST_FRAMES = 3_000_000;
  private static final int FRAMES_AT_ONCE = 1_000;

  @Test
  void lists_that_nobody_reads() throws Exception {
    Attacker owner = mallory(true);
    List<String> conversations = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String id = owner.start("Ann", 50);
      owner.about("pause_conversation", id);
      conversations.add(id);
    }
    owner.flush();
    List<Attacker> crowd = IntStream.range(0, 28).mapToObj(one -> mallory(false)).toList();
    for (Attacker attacker : crowd) {
      for (int i = 0; i < 3_000; i++) {
        attacker.send("list_conversations", "{}").send("list_agents", "{}");
      }
    }
    for (Attacker attacker : crowd) {
      attacker.flush();
    }
    stopAll(owner, conversations);
  }

  @Test
  void starts_over_new_connections() throws Exception {
    int started = 0;
    for (int i = 0; i < 500; i++) {
      Attacker mallory = mallory(true);
      started += mallory.start("Ann", 50).isEmpty() ? 0 : 1;
      mallory.leave();
    }
    assertThat(started).isBetween(1, 200);
  }

  @Test
  void requests_that_never_end() throws Exception {
    List<BareSocket> crowd = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      crowd.add(BareSocket.connect(server.port()));
    }
    String[] begins = {
      "G", "GET /health HTTP/1.1\r\nHost: localhost\r\nX: ", "POST / HTTP/1.1\r\n"
    };
    int open = crowd.size();
    for (int round = 0; open > 0; round++) {
      open = 0;
      for (int i = 0; i < crowd.size(); i++) {
        open += crowd.get(i).trySend(round == 0 ? begins[i % begins.length] : "x") ? 1 : 0;
      }
      assertHealthy();
    }
  }

  @Test
  void a_message_in_fragments_without_end() throws Exception {
    assertClosedBefore(MOST_FRAMES, BareSocket.TEXT, BareSocket.CONTINUATION);
  }

  @Test
  void pings_without_end() throws Exception {
    assertClosedBefore(MOST_FRAMES, BareSocket.PING, BareSocket.PING);
  }

  @Test
  void pongs_without_end() throws Exception {
    assertClosedBefore(MOST_FRAMES, BareSocket.PONG, BareSocket.PONG);
  }

  /** On several connections at once, none of which reads anything. */
  private static void assertClosedBefore(int most, int first, int next) throws Exception {
    List<BareSocket> crowd = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      crowd.add(BareSocket.connect(server.port()).upgrade(server.port(), MALLORY));
    }
    byte[] frames = BareSocket.frames(next, FRAMES_AT_ONCE);
    crowd.forEach(socket -> socket.trySend(BareSocket.frames(first, 1)));
    int open = crowd.size();
    for (int sent = 0; open > 0; sent += FRAMES_AT_ONCE) {
      assertThat(sent).isLessThan(most);
      open = (int) crowd.stream().filter(socket -> socket.trySend(frames)).count();
    }
    for (BareSocket socket : crowd) {
      socket.close();
    }
  }
}

package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.examples.it.HostileModel.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Attacks of strangers on a server without users, behind a proxy. The other person is a stranger
 * too, from another address.
 */
@Timeout(300)
@EnabledIfSystemProperty(named = "agentstream.slow", matches = "true", disabledReason = "minutes")
class AnonymousAttackIT extends AttackedServer {

  private static final String LONG = "x".repeat(8_000);
  private static final String ANN_S_ADDRESS = "192.0.2.1";
  private static final String MALLORY_S_ADDRESS = "198.51.100.1";

  /** Half of what may run at once with a heap of 256 MiB. */
  private static final int MOST_OF_STRANGERS = 1_024;

  private static final int MOST_OF_AN_ADDRESS = 100;
  private static final int ADDRESSES = 12;

  @Override
  String users() {
    return "";
  }

  @Override
  Viewer connectAnn() throws Exception {
    Viewer stranger = Viewer.connectFrom(ANN_S_ADDRESS, client, server.webSocket());
    stranger.first("welcome").get(60, TimeUnit.SECONDS);
    return stranger;
  }

  private Attacker stranger(String address, boolean reads) {
    Attacker attacker = Attacker.connectFrom(address, client, server.webSocket(), reads);
    attackers.add(attacker);
    return attacker;
  }

  @Test
  void long_messages_into_paused_conversations_that_others_never_read() throws Exception {
    Attacker mallory = stranger(MALLORY_S_ADDRESS, true);
    List<String> conversations = paused(mallory);
    for (String id : conversations) {
      for (int i = 0; i < 600; i++) {
        mallory.say(id, LONG);
      }
      mallory.flush();
      stranger(MALLORY_S_ADDRESS, false).about("join_conversation", id).flush();
    }
    assertThat(mallory.errors()).anyMatch(error -> error.contains("limit_exceeded"));
    stopAll(mallory, conversations);
  }

  @Test
  void lists_that_nobody_reads() throws Exception {
    Attacker owner = stranger(MALLORY_S_ADDRESS, true);
    List<String> conversations = paused(owner);
    List<Attacker> crowd =
        IntStream.range(0, 28).mapToObj(one -> stranger(MALLORY_S_ADDRESS, false)).toList();
    askForLists(crowd);
    stopAll(owner, conversations);
  }

  @Test
  void more_conversations_from_many_addresses_than_strangers_may_run() throws Exception {
    Map<Attacker, List<String>> running = new LinkedHashMap<>();
    for (int address = 1; address <= ADDRESSES; address++) {
      Attacker mallory = stranger("203.0.113." + address, true);
      List<String> own = new ArrayList<>();
      for (int i = 0; i <= MOST_OF_AN_ADDRESS; i++) {
        String id = mallory.start("Ann", 50);
        if (!id.isEmpty()) {
          own.add(id);
          mallory.about("pause_conversation", id);
        }
      }
      assertThat(mallory.errors()).as("beyond the bound of an address").isNotEmpty();
      running.put(mallory, own);
    }
    assertThat(running.values().stream().mapToInt(List::size).sum())
        .isBetween(MOST_OF_STRANGERS / 2, MOST_OF_STRANGERS);
    for (Map.Entry<Attacker, List<String>> one : running.entrySet()) {
      stopAll(one.getKey(), one.getValue());
    }
  }

  @Test
  void answers_of_model_servers_that_never_end() throws Exception {
    Attacker mallory = stranger(MALLORY_S_ADDRESS, true);
    List<String> conversations = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      conversations.add(mallory.start(kind.name(), 50));
    }
    ann.first("conversation_ended").get(120, TimeUnit.SECONDS);
    stopAll(mallory, conversations);
  }
}

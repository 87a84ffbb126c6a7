package io.agentstream.examples.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.examples.it.HostileModel.Kind;
import io.agentstream.http.served.RawConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attacks on memory, money and other users, within the protocol. */
@Timeout(300)
@EnabledIfSystemProperty(named = "agentstream.slow", matches = "true", disabledReason = "minutes")
class AttackIT extends AttackedServer {

  private static final String LONG = "x".repeat(8_000);

  /** Together as much as the server's heap. */
  private static final int BODIES = 64;

  private static final int BODY_BYTES = 4 * 1024 * 1024;

  @Test
  void long_messages_into_paused_conversations() throws Exception {
    List<String> conversations = new ArrayList<>();
    Attacker mallory = mallory(true);
    for (int i = 0; i < 20; i++) {
      String id = mallory.start("Ann", 50);
      mallory.about("pause_conversation", id);
      conversations.add(id);
    }
    for (String id : conversations) {
      for (int i = 0; i < 600; i++) {
        mallory.say(id, LONG);
      }
      mallory.flush();
    }
    assertThat(mallory.errors()).anyMatch(error -> error.contains("limit_exceeded"));
    stopAll(mallory, conversations);
  }

  @Test
  void viewers_of_a_long_conversation_who_never_read() throws Exception {
    Attacker mallory = mallory(true);
    String id = mallory.start("Ann", 50);
    mallory.about("pause_conversation", id);
    for (int i = 0; i < 400; i++) {
      mallory.say(id, LONG);
    }
    mallory.flush();
    for (int i = 0; i < 60; i++) {
      mallory(false).about("join_conversation", id).flush();
    }
    stopAll(mallory, List.of(id));
  }

  @Test
  void runs_that_are_stopped_and_begun_again() throws Exception {
    Attacker mallory = mallory(true);
    String id = mallory.start("Ann", 50);
    for (int i = 0; i < 2_000; i++) {
      mallory.about("stop_conversation", id).say(id, "Again.");
    }
    mallory.flush();
    stopAll(mallory, List.of(id));
  }

  @ParameterizedTest
  @EnumSource
  void answers_of_a_model_server_that_never_end(Kind kind) throws Exception {
    Attacker mallory = mallory(true);
    List<String> conversations = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      conversations.add(mallory.start(kind.name(), 50));
    }
    ann.first("conversation_ended").get(120, TimeUnit.SECONDS);
    stopAll(mallory, conversations);
  }

  @Test
  void long_bodies_that_do_not_end() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(BODIES);
    List<RawConnection> flood = new ArrayList<>();
    try {
      List<CompletableFuture<Void>> sent = new ArrayList<>();
      for (int i = 0; i < BODIES; i++) {
        RawConnection connection = new RawConnection(server.http("/"));
        flood.add(connection);
        String path = i % 2 == 0 ? "/v1/chat/completions" : "/api/conversations/import";
        sent.add(CompletableFuture.runAsync(() -> sendAllButTheEnd(connection, path), clients));
      }
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
      assertHealthy();
    } finally {
      for (RawConnection connection : flood) {
        connection.close();
      }
      clients.shutdown();
    }
  }

  private static void sendAllButTheEnd(RawConnection connection, String path) {
    try {
      connection.send(
          "POST " + path,
          "Authorization: Bearer " + MALLORY,
          "Content-Type: application/json",
          "Content-Length: " + BODY_BYTES);
      for (int sent = 0; sent < BODY_BYTES - LONG.length(); sent += LONG.length()) {
        connection.sendBytes(LONG);
      }
    } catch (IOException e) {
      // The server has refused the rest, and closed the connection.
    }
  }

  @Test
  void strangers_who_connect_again_and_again_lock_nobody_out() throws Exception {
    int welcomed = 0;
    for (int i = 0; i < 20; i++) {
      List<Attacker> crowd =
          IntStream.range(0, 60)
              .mapToObj(one -> Attacker.knock(client, server.webSocket()))
              .toList();
      attackers.addAll(crowd);
      Viewer user = Viewer.connect(client, server.webSocket());
      user.first("welcome").get(60, TimeUnit.SECONDS);
      user.send("authenticate", Map.of("token", ANN));
      assertThat(
              user.answer("authenticate")
                  .get(60, TimeUnit.SECONDS)
                  .at("/data/authenticated")
                  .asBoolean())
          .isTrue();
      welcomed++;
    }
    assertThat(welcomed).isEqualTo(20);
  }
}

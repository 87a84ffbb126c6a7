package io.agentstream.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Handshake;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a hub lets its viewers do, and how often. */
class AdmissionTest {

  private static final String START =
      """
      {"type":"start_conversation","data":{"topic":"Tea?"}}""";
  private static final String PING =
      """
      {"type":"ping","id":"p"}""";

  private final ManualClock clock = new ManualClock();
  private final Agent agent = Agent.builder("Ann").model(new ScriptedModel()).build();

  @Test
  void an_address_may_hold_so_many_connections() {
    ConversationHub hub = hub(Limits.builder().connectionsPerAddress(2)).build();
    Viewer first = connect(hub, from("192.0.2.1"));
    connect(hub, from("192.0.2.1"));

    Viewer third = connect(hub, from("192.0.2.1"));
    Viewer elsewhere = connect(hub, from("192.0.2.2"));

    assertThat(third.socket.closeCode).isEqualTo(4503);
    assertThat(third.socket.frames).isEmpty();
    assertThat(elsewhere.socket.closeCode).isZero();
    first.connection.closed();
    assertThat(connect(hub, from("192.0.2.1")).socket.closeCode).isZero();
  }

  @Test
  void a_connection_that_is_turned_away_takes_no_place() {
    ConversationHub hub = hub(Limits.builder().connectionsPerAddress(1)).build();
    Viewer first = connect(hub, from("192.0.2.1"));
    for (int i = 0; i < 10; i++) {
      connect(hub, from("192.0.2.1"));
    }
    first.connection.closed();
    first.connection.closed();

    assertThat(connect(hub, from("192.0.2.1")).socket.closeCode).isZero();
    assertThat(connect(hub, from("192.0.2.1")).socket.closeCode).isEqualTo(4503);
  }

  @Test
  void connections_of_which_no_address_is_known_are_not_counted() {
    ConversationHub hub = hub(Limits.builder().connectionsPerAddress(1)).build();
    connect(hub, from(null));
    assertThat(connect(hub, from(null)).socket.closeCode).isZero();
  }

  @Test
  void behind_a_proxy_the_address_is_what_the_hook_says() {
    ConversationHub hub =
        hub(Limits.builder().connectionsPerAddress(1))
            .clientAddress(handshake -> handshake.header("X-Forwarded-For"))
            .build();
    connect(hub, forwarded("192.0.2.1"));
    assertThat(connect(hub, forwarded("192.0.2.2")).socket.closeCode).isZero();
    assertThat(connect(hub, forwarded("192.0.2.1")).socket.closeCode).isEqualTo(4503);
  }

  @Test
  void a_user_may_hold_so_many_connections() {
    ConversationHub hub =
        hub(Limits.builder().connectionsPerUser(1))
            .authenticator(
                new FakeAuthenticator()
                    .knows("ann", Authentication.of("ann"))
                    .knows("ben", Authentication.of("ben")))
            .executor(Runnable::run)
            .build();
    Viewer ann = authenticated(hub, "ann");
    assertThat(ann.socket.of("welcome")).hasSize(1);

    assertThat(authenticated(hub, "ann").socket.closeCode).isEqualTo(4503);
    assertThat(authenticated(hub, "ben").socket.closeCode).isZero();
    ann.connection.closed();
    assertThat(authenticated(hub, "ann").socket.closeCode).isZero();
  }

  @Test
  void messages_beyond_the_rate_are_refused_and_then_end_the_connection() {
    ConversationHub hub = hub(Limits.builder().messagesPerMinute(5)).build();
    Viewer fast = connect(hub, from(null));
    Viewer calm = connect(hub, from(null));
    fast.send(PING, 5);
    assertThat(fast.socket.of("pong")).hasSize(5);

    fast.send(PING, 4);
    assertThat(fast.errors()).containsOnly("rate_limited").hasSize(4);
    assertThat(fast.socket.last().get("in_reply_to").asText()).isEqualTo("p");
    assertThat(fast.socket.closeCode).isZero();
    calm.send(PING, 1);
    assertThat(calm.socket.of("pong")).hasSize(1);
    fast.send(PING, 1);

    assertThat(fast.socket.closeCode).isEqualTo(4004);
    assertThat(calm.socket.closeCode).isZero();
  }

  @Test
  void who_waits_after_a_refusal_may_go_on() {
    ConversationHub hub = hub(Limits.builder().messagesPerMinute(6)).build();
    Viewer viewer = connect(hub, from(null));
    viewer.send(PING, 7);
    clock.advance(Duration.ofSeconds(10));
    viewer.send(PING, 1);
    assertThat(viewer.socket.of("pong")).hasSize(7);
  }

  @Test
  void starts_beyond_the_rate_are_refused_and_everything_else_goes_on() {
    ConversationHub hub = hub(Limits.builder().startsPerMinute(2)).build();
    Viewer viewer = connect(hub, from(null));
    viewer.send(START, 3);
    assertThat(viewer.socket.of("accepted")).hasSize(2);
    assertThat(viewer.errors()).containsExactly("rate_limited");
    viewer.send(PING, 1);
    assertThat(viewer.socket.of("pong")).hasSize(1);
    clock.advance(Duration.ofSeconds(15));
    viewer.send(PING, 1);
    clock.advance(Duration.ofSeconds(15));
    viewer.send(START, 1);
    assertThat(viewer.socket.of("accepted")).hasSize(3);
  }

  @Test
  void a_connection_views_so_many_conversations_and_another_once_it_has_left_one() {
    ConversationHub hub = hub(Limits.builder().conversationsPerConnection(2)).build();
    Viewer viewer = connect(hub, from(null));
    viewer.send(START, 2);
    Viewer other = connect(hub, from(null));
    other.send(START, 1);
    String third = other.socket.of("accepted").get(0).at("/data/conversation_id").asText();
    String first = viewer.socket.of("accepted").get(0).at("/data/conversation_id").asText();

    viewer.send(about("join_conversation", third), 1);
    viewer.send(START, 1);
    assertThat(viewer.errors()).containsExactly("limit_exceeded", "limit_exceeded");
    assertThat(hub.conversations()).hasSize(3);
    viewer.send(about("join_conversation", first), 1);
    assertThat(viewer.socket.of("joined")).hasSize(1);
    viewer.send(about("leave_conversation", first), 1);
    viewer.send(about("join_conversation", third), 1);
    assertThat(viewer.socket.of("joined")).hasSize(2);
  }

  @Test
  void zero_means_none_of_these_bounds() {
    ConversationHub hub =
        hub(Limits.builder()
                .connectionsPerAddress(0)
                .messagesPerMinute(0)
                .startsPerMinute(0)
                .conversationsPerConnection(0))
            .build();
    for (int i = 0; i < 2_000; i++) {
      assertThat(connect(hub, from("192.0.2.1")).socket.closeCode).isZero();
    }
    Viewer viewer = connect(hub, from("192.0.2.1"));
    viewer.send(START, 200);
    viewer.send(PING, 2_000);
    assertThat(viewer.socket.of("accepted")).hasSize(200);
    assertThat(viewer.socket.of("pong")).hasSize(2_000);
  }

  private ConversationHubBuilder hub(Limits.Builder limits) {
    return ConversationHub.builder().agents(agent).clock(clock).limits(limits.build());
  }

  private static Handshake from(@Nullable String address) {
    return new Handshake(Map.of(), false, address, null, null);
  }

  private static Handshake forwarded(String client) {
    return new Handshake(
        Map.of("X-Forwarded-For", List.of(client)), false, "198.51.100.7", null, null);
  }

  private static String about(String type, String conversationId) {
    return "{\"type\":\"%s\",\"data\":{\"conversation_id\":\"%s\"}}"
        .formatted(type, conversationId);
  }

  private static Viewer connect(ConversationHub hub, Handshake handshake) {
    FakeTransport socket = new FakeTransport();
    return new Viewer(socket, hub.connect(socket, false, handshake));
  }

  private static Viewer authenticated(ConversationHub hub, String token) {
    Viewer viewer = connect(hub, from(null));
    viewer.socket.frames.clear();
    viewer.send("{\"type\":\"authenticate\",\"data\":{\"token\":\"" + token + "\"}}", 1);
    return viewer;
  }

  private record Viewer(FakeTransport socket, ViewerConnection connection) {
    void send(String message, int times) {
      for (int i = 0; i < times; i++) {
        connection.receive(message, true);
      }
    }

    List<String> errors() {
      List<String> codes = new ArrayList<>();
      socket.of("error").forEach(error -> codes.add(error.at("/data/code").asText()));
      return codes;
    }
  }
}

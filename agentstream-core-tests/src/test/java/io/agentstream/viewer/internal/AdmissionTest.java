package io.agentstream.viewer.internal;

import static io.agentstream.viewer.HubViewer.PING;
import static io.agentstream.viewer.HubViewer.START;
import static io.agentstream.viewer.HubViewer.about;
import static io.agentstream.viewer.HubViewer.comingFrom;
import static io.agentstream.viewer.HubViewer.connect;
import static io.agentstream.viewer.HubViewer.forwarded;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.hub.ConversationHubBuilder;
import io.agentstream.identity.Authentication;
import io.agentstream.settings.Limits;
import io.agentstream.settings.Quotas;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.FakeAuthenticator;
import io.agentstream.viewer.HubViewer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rates and connections that a hub allows its viewers. */
class AdmissionTest {

  private final ManualClock clock = new ManualClock();
  private final Agent agent = Agent.builder("Ann").model(new ScriptedModel()).build();

  @Test
  void an_address_may_hold_so_many_connections() {
    ConversationHub hub = hub(Limits.builder().connectionsPerAddress(2)).build();
    HubViewer first = connect(hub, comingFrom("192.0.2.1"));
    connect(hub, comingFrom("192.0.2.1"));

    HubViewer third = connect(hub, comingFrom("192.0.2.1"));
    HubViewer elsewhere = connect(hub, comingFrom("192.0.2.2"));

    assertThat(third.socket().closeCode).isEqualTo(4005);
    assertThat(third.socket().frames).isEmpty();
    assertThat(elsewhere.socket().closeCode).isZero();
    first.connection().closed();
    assertThat(connect(hub, comingFrom("192.0.2.1")).socket().closeCode).isZero();
  }

  @Test
  void a_connection_that_is_turned_away_takes_no_place() {
    ConversationHub hub = hub(Limits.builder().connectionsPerAddress(1)).build();
    HubViewer first = connect(hub, comingFrom("192.0.2.1"));
    for (int i = 0; i < 10; i++) {
      connect(hub, comingFrom("192.0.2.1"));
    }
    first.connection().closed();
    first.connection().closed();

    assertThat(connect(hub, comingFrom("192.0.2.1")).socket().closeCode).isZero();
    assertThat(connect(hub, comingFrom("192.0.2.1")).socket().closeCode).isEqualTo(4005);
  }

  @Test
  void connections_of_which_no_address_is_known_share_what_ten_addresses_have() {
    ConversationHub hub = hub(Limits.builder().connectionsPerAddress(2)).build();
    HubViewer first = connect(hub, comingFrom(null));
    for (int i = 1; i < 20; i++) {
      assertThat(connect(hub, comingFrom(null)).socket().closeCode).isZero();
    }
    assertThat(connect(hub, comingFrom(null)).socket().closeCode).isEqualTo(4005);
    assertThat(connect(hub, comingFrom("192.0.2.1")).socket().closeCode).isZero();
    first.connection().closed();
    assertThat(connect(hub, comingFrom(null)).socket().closeCode).isZero();
  }

  @Test
  void behind_a_proxy_the_address_is_what_the_hook_says() {
    ConversationHub hub =
        hub(Limits.builder().connectionsPerAddress(1))
            .clientAddress(handshake -> handshake.header("X-Forwarded-For"))
            .build();
    connect(hub, forwarded("192.0.2.1"));
    assertThat(connect(hub, forwarded("192.0.2.2")).socket().closeCode).isZero();
    assertThat(connect(hub, forwarded("192.0.2.1")).socket().closeCode).isEqualTo(4005);
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
    HubViewer ann = authenticated(hub, "ann");
    assertThat(ann.socket().of("welcome")).hasSize(1);

    assertThat(authenticated(hub, "ann").socket().closeCode).isEqualTo(4503);
    assertThat(authenticated(hub, "ben").socket().closeCode).isZero();
    ann.connection().closed();
    assertThat(authenticated(hub, "ann").socket().closeCode).isZero();
  }

  @Test
  void messages_beyond_the_rate_are_refused_and_then_end_the_connection() {
    ConversationHub hub = hub(Limits.builder().messagesPerMinute(5)).build();
    HubViewer fast = connect(hub, comingFrom(null));
    HubViewer calm = connect(hub, comingFrom(null));
    fast.send(PING, 5);
    assertThat(fast.socket().of("pong")).hasSize(5);

    fast.send(PING, 4);
    assertThat(fast.errors()).containsOnly("rate_limited").hasSize(4);
    assertThat(fast.socket().last().get("in_reply_to").asText()).isEqualTo("p");
    assertThat(fast.socket().closeCode).isZero();
    calm.send(PING, 1);
    assertThat(calm.socket().of("pong")).hasSize(1);
    fast.send(PING, 1);

    assertThat(fast.socket().closeCode).isEqualTo(4004);
    assertThat(calm.socket().closeCode).isZero();
  }

  @Test
  void whoever_floods_is_closed_although_a_place_becomes_free_now_and_then() {
    ConversationHub hub = hub(Limits.builder().messagesPerMinute(600)).build();
    HubViewer flooding = connect(hub, comingFrom("192.0.2.1"));
    int sent = 0;
    while (flooding.closeCode() == 0 && sent < 30_000) {
      flooding.send(PING);
      sent++;
      clock.advance(Duration.ofNanos(345_000));
    }
    assertThat(flooding.closeCode()).isEqualTo(4004);
    assertThat(sent).isLessThan(1_400);
  }

  @Test
  void whoever_is_a_little_too_fast_is_refused_now_and_then_and_never_closed() {
    ConversationHub hub = hub(Limits.builder().messagesPerMinute(600)).build();
    HubViewer hasty = connect(hub, comingFrom("192.0.2.1"));
    for (int i = 0; i < 30_000; i++) {
      hasty.send(PING);
      clock.advance(Duration.ofMillis(60));
    }
    assertThat(hasty.closeCode()).isZero();
    assertThat(hasty.errors()).isNotEmpty().containsOnly("rate_limited");
  }

  @Test
  void the_messages_of_one_address_are_limited_over_all_its_connections_and_close_nobody() {
    ConversationHub hub = hub(Limits.builder().messagesPerMinute(5)).build();
    for (int i = 0; i < 10; i++) {
      connect(hub, comingFrom("192.0.2.1")).send(PING, 5);
    }
    HubViewer late = connect(hub, comingFrom("192.0.2.1")).send(PING, 5);
    assertThat(late.errors()).containsOnly("rate_limited").hasSize(5);
    assertThat(late.closeCode()).isZero();
    assertThat(connect(hub, comingFrom("192.0.2.2")).send(PING).socket().of("pong")).hasSize(1);
  }

  @Test
  void strangers_who_never_authenticate_do_not_lock_out_whoever_does() {
    ConversationHub hub =
        hub(Limits.builder())
            .authenticator(new FakeAuthenticator().knows("ann", Authentication.of("ann")))
            .executor(Runnable::run)
            .build();
    for (int i = 0; i < 1_100; i++) {
      connect(hub, comingFrom("198.51.100.7"));
      if (i % 50 == 0) {
        HubViewer ann = authenticated(hub, "ann");
        assertThat(ann.closeCode()).isZero();
        assertThat(ann.socket().of("welcome")).hasSize(1);
        ann.connection().closed();
      }
    }
    assertThat(hub.load().unauthenticated()).isEqualTo(100);
  }

  @Test
  void a_stranger_who_has_to_make_room_may_come_back() {
    ConversationHub hub =
        hub(Limits.builder())
            .quotas(Quotas.builder().unauthenticatedConnections(1).build())
            .authenticator(new FakeAuthenticator())
            .executor(Runnable::run)
            .build();
    HubViewer first = connect(hub, comingFrom(null));
    HubViewer second = connect(hub, comingFrom(null));
    assertThat(first.closeCode()).isEqualTo(4005);
    assertThat(second.closeCode()).isZero();
  }

  @Test
  void known_users_do_not_count_for_their_address() {
    ConversationHub hub =
        hub(Limits.builder().connectionsPerAddress(1))
            .authenticator(
                new FakeAuthenticator()
                    .knows("ann", Authentication.of("ann"))
                    .knows("ben", Authentication.of("ben")))
            .executor(Runnable::run)
            .build();
    for (String user : List.of("ann", "ben", "ann", "ben")) {
      HubViewer viewer = connect(hub, comingFrom("192.0.2.1")).authenticate(user);
      assertThat(viewer.closeCode()).isZero();
    }
    assertThat(hub.load().unauthenticated()).isZero();
  }

  @Test
  void who_waits_after_a_refusal_may_go_on() {
    ConversationHub hub = hub(Limits.builder().messagesPerMinute(6)).build();
    HubViewer viewer = connect(hub, comingFrom(null));
    viewer.send(PING, 7);
    clock.advance(Duration.ofSeconds(10));
    viewer.send(PING, 1);
    assertThat(viewer.socket().of("pong")).hasSize(7);
  }

  @Test
  void starts_beyond_the_rate_are_refused_and_everything_else_goes_on() {
    ConversationHub hub = hub(Limits.builder().startsPerMinute(2)).build();
    HubViewer viewer = connect(hub, comingFrom("192.0.2.1"));
    viewer.send(START, 3);
    assertThat(viewer.socket().of("accepted")).hasSize(2);
    assertThat(viewer.errors()).containsExactly("rate_limited");
    viewer.send(PING, 1);
    assertThat(viewer.socket().of("pong")).hasSize(1);
    clock.advance(Duration.ofSeconds(15));
    viewer.send(PING, 1);
    clock.advance(Duration.ofSeconds(15));
    viewer.send(START, 1);
    assertThat(viewer.socket().of("accepted")).hasSize(3);
  }

  @Test
  void a_connection_views_so_many_conversations_and_another_once_it_has_left_one() {
    ConversationHub hub = hub(Limits.builder().conversationsPerConnection(2)).build();
    HubViewer viewer = connect(hub, comingFrom(null));
    viewer.send(START, 2);
    HubViewer other = connect(hub, comingFrom(null));
    other.send(START, 1);
    String third = other.socket().of("accepted").get(0).at("/data/conversation_id").asText();
    String first = viewer.socket().of("accepted").get(0).at("/data/conversation_id").asText();

    viewer.send(about("join_conversation", third), 1);
    viewer.send(START, 1);
    assertThat(viewer.errors()).containsExactly("limit_exceeded", "limit_exceeded");
    assertThat(hub.conversations()).hasSize(3);
    viewer.send(about("join_conversation", first), 1);
    assertThat(viewer.socket().of("joined")).hasSize(1);
    viewer.send(about("leave_conversation", first), 1);
    viewer.send(about("join_conversation", third), 1);
    assertThat(viewer.socket().of("joined")).hasSize(2);
  }

  @Test
  void zero_means_none_of_these_bounds() {
    ConversationHub hub =
        hub(Limits.builder()
                .connectionsPerAddress(0)
                .messagesPerMinute(0)
                .startsPerMinute(0)
                .conversationsPerConnection(0))
            .quotas(Quotas.none())
            .build();
    for (int i = 0; i < 2_000; i++) {
      assertThat(connect(hub, comingFrom("192.0.2.1")).socket().closeCode).isZero();
    }
    HubViewer viewer = connect(hub, comingFrom("192.0.2.1"));
    viewer.send(START, 200);
    viewer.send(PING, 2_000);
    assertThat(viewer.socket().of("accepted")).hasSize(200);
    assertThat(viewer.socket().of("pong")).hasSize(2_000);
  }

  private ConversationHubBuilder hub(Limits.Builder limits) {
    return ConversationHub.builder().agents(agent).clock(clock).limits(limits.build());
  }

  private static HubViewer authenticated(ConversationHub hub, String token) {
    HubViewer viewer = connect(hub, comingFrom(null));
    viewer.socket().frames.clear();
    return viewer.authenticate(token);
  }
}

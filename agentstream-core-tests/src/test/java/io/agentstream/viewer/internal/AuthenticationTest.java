package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.AllowedHosts;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Handshake;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.Commands;
import io.agentstream.viewer.FakeAuthenticator;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the handshake, or a token, to a user; and to the end of the authentication. */
class AuthenticationTest {

  private static final Duration EXPIRY = Duration.ofMinutes(10);

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final FakeAuthenticator authenticator =
      new FakeAuthenticator()
          .knows("ann", Authentication.of("ann"))
          .knows("ann-10", Authentication.of("ann", in(EXPIRY)))
          .knows("ann-20", Authentication.of("ann", in(EXPIRY.multipliedBy(2))))
          .knows("ann-forever", Authentication.of("ann", Instant.MAX))
          .knows("ann-soon", Authentication.of("ann", in(Duration.ofSeconds(30))))
          .knows("ann-past", Authentication.of("ann", in(Duration.ZERO)))
          .knows("nobody", Authentication.anonymous())
          .knows("more", Authentication.awaitToken())
          .knows("ben", Authentication.of("ben"));
  private final FakeTransport socket = new FakeTransport();

  @Test
  void a_good_cookie_is_welcomed_as_authenticated() {
    connect(cookie("ann"));
    assertThat(only().get("type").asText()).isEqualTo("welcome");
    assertThat(only().at("/data/authenticated").asBoolean()).isTrue();
    assertThat(only().get("data").has("authenticate_within_ms")).isFalse();
    assertThat(only().get("data").has("expires_at")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "ann-past"})
  void a_bad_cookie_is_closed_with_4500_and_never_welcomed(String token) {
    connect(cookie(token));
    assertThat(socket.frames).isEmpty();
    assertThat(socket.closeCode).isEqualTo(4500);
  }

  @Test
  void an_anonymous_viewer_may_do_everything_and_may_become_a_user() {
    authenticator.withoutCookie(Authentication.anonymous());
    ViewerConnection viewer = connect(Handshake.none());
    assertThat(only().at("/data/authenticated").asBoolean(true)).isFalse();
    assertThat(only().get("data").has("authenticate_within_ms")).isFalse();

    send(viewer, "list_agents", "{}");
    assertThat(socket.last().get("type").asText()).isEqualTo("agents");
    clock.advance(Duration.ofSeconds(6));
    assertThat(socket.closeCode).isZero();
    token(viewer, "ann");
    assertThat(socket.last().at("/data/authenticated").asBoolean()).isTrue();
  }

  @Test
  void until_a_token_comes_nothing_but_authenticate_ping_and_pong_is_taken() {
    ViewerConnection viewer = connect(Handshake.none());
    assertThat(only().at("/data/authenticated").asBoolean(true)).isFalse();
    assertThat(only().at("/data/authenticate_within_ms").asInt()).isEqualTo(5_000);

    for (String type : Commands.NEED_A_USER) {
      send(viewer, type, Commands.data(type, "x"));
      assertThat(socket.last().at("/data/code").asText()).as(type).isEqualTo("unauthenticated");
      assertThat(socket.last().get("in_reply_to").asText()).isEqualTo("1");
    }
    int frames = socket.frames.size();
    send(viewer, "pong", "{}");
    assertThat(socket.frames).hasSize(frames);
    send(viewer, "ping", "{}");
    assertThat(socket.last().get("type").asText()).isEqualTo("pong");
    assertThat(socket.last().get("in_reply_to").asText()).isEqualTo("1");
  }

  @Test
  void a_good_token_is_answered_with_welcome_and_then_everything_is_taken() {
    ViewerConnection viewer = connect(Handshake.none());
    token(viewer, "ann-10");

    JsonNode welcome = socket.last();
    assertThat(welcome.get("type").asText()).isEqualTo("welcome");
    assertThat(welcome.get("in_reply_to").asText()).isEqualTo("1");
    assertThat(welcome.at("/data/authenticated").asBoolean()).isTrue();
    assertThat(welcome.at("/data/connection_id"))
        .isEqualTo(socket.parsed().get(0).at("/data/connection_id"));
    assertThat(welcome.at("/data/expires_at").asText()).isEqualTo("2026-11-23T10:10:00.000Z");
    send(viewer, "list_agents", "{}");
    assertThat(socket.last().get("type").asText()).isEqualTo("agents");
    clock.advance(Duration.ofSeconds(6));
    assertThat(socket.closeCode).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "ann-past", "nobody", "more"})
  void a_token_that_makes_no_user_is_closed_with_4500(String token) {
    token(connect(Handshake.none()), token);
    assertThat(socket.frames).hasSize(1);
    assertThat(socket.closeCode).isEqualTo(4500);
    assertNobodyWaits();
  }

  @Test
  void a_viewer_that_sends_no_token_in_time_is_closed_with_4500() {
    ViewerConnection viewer = connect(Handshake.none());
    clock.advance(Duration.ofMillis(4_999));
    send(viewer, "ping", "{}");
    assertThat(socket.closeCode).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(socket.closeCode).isEqualTo(4500);
    assertNobodyWaits();
  }

  @Test
  void an_answer_may_take_its_time_and_there_is_one_attempt_at_a_time() {
    authenticator.late();
    ViewerConnection viewer = connect(cookie("ann"));
    send(viewer, "list_agents", "{}");
    token(viewer, "ann");
    assertThat(socket.of("error"))
        .extracting(frame -> frame.at("/data/code").asText())
        .containsExactly("unauthenticated", "conflict");

    authenticator.pending.complete(Authentication.of("ann"));
    assertThat(socket.last().get("type").asText()).isEqualTo("welcome");
    send(viewer, "list_agents", "{}");
    assertThat(socket.last().get("type").asText()).isEqualTo("agents");
  }

  @Test
  void an_authenticator_that_never_answers_ends_the_connection_so_that_it_comes_back() {
    authenticator.late();
    connect(cookie("ann"));
    clock.advance(Duration.ofSeconds(5));
    assertThat(socket.closeCode).isEqualTo(1011);

    int frames = socket.frames.size();
    authenticator.pending.complete(Authentication.of("ann"));
    assertThat(socket.frames).hasSize(frames);
    assertNobodyWaits();
  }

  @Test
  void an_authenticator_that_fails_ends_the_connection_so_that_it_comes_back() {
    authenticator.late();
    connect(cookie("ann"));
    authenticator.pending.completeExceptionally(new IllegalStateException("the token was ann"));
    assertThat(socket.closeCode).isEqualTo(1011);
    assertThat(socket.frames).isEmpty();
  }

  @Test
  void a_viewer_is_warned_a_minute_before_its_authentication_expires_and_then_closed_with_4001() {
    ViewerConnection viewer = connect(cookie("ann-10"));
    passes(viewer, EXPIRY.minusSeconds(61));
    assertThat(socket.of("auth_expiring")).isEmpty();
    passes(viewer, Duration.ofSeconds(1));
    assertThat(socket.of("auth_expiring")).hasSize(1);
    assertThat(socket.last().at("/data/expires_at").asText()).isEqualTo("2026-11-23T10:10:00.000Z");
    passes(viewer, Duration.ofMillis(59_999));
    assertThat(socket.closeCode).isZero();
    passes(viewer, Duration.ofMillis(1));
    assertThat(socket.closeCode).isEqualTo(4001);
    assertThat(socket.of("auth_expiring")).hasSize(1);
    assertNobodyWaits();
  }

  @Test
  void what_expires_soon_is_warned_of_right_after_the_welcome() {
    connect(cookie("ann-soon"));
    assertThat(types()).containsExactly("welcome", "auth_expiring");
  }

  @Test
  void who_answers_the_warning_with_the_token_that_it_has_is_not_warned_again() {
    ViewerConnection viewer = connect(cookie("ann-10"));
    passes(viewer, EXPIRY.minusSeconds(30));
    token(viewer, "ann-10");
    assertThat(socket.of("auth_expiring")).hasSize(1);
    passes(viewer, Duration.ofSeconds(30));
    assertThat(socket.of("auth_expiring")).hasSize(1);
    assertThat(socket.closeCode).isEqualTo(4001);
  }

  @Test
  void an_authentication_far_ahead_is_no_harm() {
    ViewerConnection viewer = connect(cookie("ann-forever"));
    assertThat(socket.last().at("/data/expires_at").asText()).isEqualTo("9999-12-31T23:59:59.999Z");
    passes(viewer, Duration.ofDays(2));
    assertThat(socket.closeCode).isZero();
    assertThat(socket.of("auth_expiring")).isEmpty();
  }

  @Test
  void a_new_token_of_the_same_user_puts_the_end_off_during_a_stream() {
    ViewerConnection viewer = connect(cookie("ann-10"));
    send(viewer, "start_conversation", "{\"topic\":\"Tea?\"}");
    ScriptedCall call = model.next().tokens("a");
    passes(viewer, EXPIRY.minusSeconds(30));
    token(viewer, "ann-20");
    call.tokens("b");
    passes(viewer, Duration.ofMinutes(9));
    call.tokens("c");

    assertThat(socket.of("streaming_token"))
        .extracting(frame -> frame.at("/data/token").asText())
        .containsExactly("a", "b", "c");
    assertThat(socket.of("auth_expiring")).hasSize(1);
    passes(viewer, Duration.ofMinutes(1));
    assertThat(socket.of("auth_expiring")).hasSize(2);
    passes(viewer, Duration.ofMinutes(1));
    assertThat(socket.closeCode).isEqualTo(4001);
  }

  @Test
  void a_token_of_another_user_or_a_bad_one_ends_a_good_connection() {
    token(connect(cookie("ann")), "ben");
    assertThat(socket.closeCode).isEqualTo(4500);

    FakeTransport second = new FakeTransport();
    token(hub().connect(second, false, cookie("ann")), "wrong");
    assertThat(second.closeCode).isEqualTo(4500);
  }

  @Test
  void without_an_authenticator_a_token_changes_nothing() {
    ViewerConnection viewer =
        ConversationHub.builder()
            .agents(Agent.builder("Ann").model(model).build())
            .clock(clock)
            .build()
            .connect(socket, false);
    token(viewer, "ann");
    assertThat(types()).containsExactly("welcome", "welcome");
    assertThat(socket.last().at("/data/authenticated").asBoolean(true)).isFalse();
  }

  @Test
  void a_page_of_another_origin_is_closed_with_4502_before_anybody_looks_at_its_cookie() {
    connect(
        new Handshake(
            Map.of(
                "Origin", List.of("https://evil.example"),
                "Host", List.of("chat.example.com"),
                "Cookie", List.of("token=ann")),
            true,
            null,
            null,
            null));
    assertThat(socket.frames).isEmpty();
    assertThat(socket.closeCode).isEqualTo(4502);
    assertNobodyWaits();
  }

  @Test
  void a_page_whose_name_resolves_here_is_closed_with_4502_where_the_servers_names_are_listed() {
    ConversationHub hub =
        ConversationHub.builder()
            .agents(Agent.builder("Ann").model(model).build())
            .clock(clock)
            .executor(Runnable::run)
            .allowedHosts(AllowedHosts.of("chat.example.com"))
            .build();
    hub.connect(socket, false, page("evil.example"));
    assertThat(socket.frames).isEmpty();
    assertThat(socket.closeCode).isEqualTo(4502);

    FakeTransport own = new FakeTransport();
    hub.connect(own, false, page("chat.example.com"));
    assertThat(own.of("welcome")).hasSize(1);
  }

  private static Handshake page(String host) {
    Map<String, List<String>> headers =
        Map.of("Origin", List.of("https://" + host), "Host", List.of(host));
    return new Handshake(headers, true, null, null, null);
  }

  @Test
  void the_times_can_be_set() {
    Timeouts timeouts =
        Timeouts.builder()
            .authentication(Duration.ofSeconds(2))
            .authExpiryWarning(Duration.ofMinutes(3))
            .build();
    ConversationHub hub = hubOf(timeouts);
    hub.connect(socket, false);
    clock.advance(Duration.ofSeconds(2));
    assertThat(socket.closeCode).isEqualTo(4500);

    FakeTransport second = new FakeTransport();
    ViewerConnection viewer = hub.connect(second, false, cookie("ann-10"));
    passes(viewer, EXPIRY.minusMinutes(3).minusSeconds(3));
    assertThat(second.of("auth_expiring")).isEmpty();
    passes(viewer, Duration.ofSeconds(1));
    assertThat(second.of("auth_expiring")).hasSize(1);
  }

  private ViewerConnection connect(Handshake handshake) {
    return hub().connect(socket, false, handshake);
  }

  private ConversationHub hub() {
    Duration patient = Duration.ofHours(1);
    return hubOf(Timeouts.builder().tokenIdle(patient).build());
  }

  private ConversationHub hubOf(Timeouts timeouts) {
    return ConversationHub.builder()
        .agents(Agent.builder("Ann").model(model).build())
        .authenticator(authenticator)
        .timeouts(timeouts)
        .clock(clock)
        .executor(Runnable::run)
        .build();
  }

  /** Lets time pass in which the viewer shows that it is alive. */
  private void passes(ViewerConnection viewer, Duration time) {
    Duration left = time;
    Duration step = Duration.ofSeconds(15);
    while (left.compareTo(step) > 0) {
      clock.advance(step);
      viewer.pongReceived();
      left = left.minus(step);
    }
    clock.advance(left);
    viewer.pongReceived();
  }

  private Instant in(Duration time) {
    return clock.now().plus(time);
  }

  private static Handshake cookie(String token) {
    return new Handshake(
        Map.of("Cookie", List.of("token=" + token)), false, null, null, "agentstream.v1");
  }

  /** But for the watchdog, which looks once more whether a send is stuck. */
  private void assertNobodyWaits() {
    clock.advance(Timeouts.defaults().stuckWrite());
    assertThat(clock.alarms()).isZero();
  }

  private JsonNode only() {
    assertThat(socket.frames).hasSize(1);
    return socket.last();
  }

  private List<String> types() {
    return socket.parsed().stream().map(frame -> frame.get("type").asText()).toList();
  }

  private static void token(ViewerConnection to, String token) {
    send(to, "authenticate", "{\"token\":\"" + token + "\"}");
  }

  private static void send(ViewerConnection to, String type, String data) {
    to.receive("{\"type\":\"" + type + "\",\"id\":\"1\",\"data\":" + data + "}", true);
  }
}

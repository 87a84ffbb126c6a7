package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.AllowedHosts;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Handshake;
import io.agentstream.viewer.Commands;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the handshake, or a token, to a user; and to the end of the authentication. */
class AuthenticationTest extends AskingHub {

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
}

package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.hub.ConversationHub;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ScriptedCall;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An authentication expires, and a new token puts the end off. */
class AuthenticationExpiryTest extends AskingHub {

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
}

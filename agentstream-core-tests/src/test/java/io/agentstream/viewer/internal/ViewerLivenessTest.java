package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.ScriptedCall;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Silence, sockets that take no bytes, and senders of nonsense end a connection. */
class ViewerLivenessTest extends OneViewer {

  @Test
  void ten_bad_messages_in_a_row_end_the_connection_and_nine_do_not() {
    bad(9);
    send("ping", "{}");
    bad(9);
    assertThat(socket.closeCode).isZero();
    bad(1);
    assertThat(socket.closeCode).isEqualTo(4501);
  }

  private void bad(int times) {
    for (int i = 0; i < times; i++) {
      viewer.receive("{", true);
    }
  }

  @Test
  void a_message_over_the_limit_is_refused_whole_and_the_next_one_is_heard() {
    for (int i = 0; i < 100; i++) {
      viewer.receive("界".repeat(1000), false);
    }
    viewer.receive("", true);
    assertThat(socket.last().at("/data/code").asText()).isEqualTo("limit_exceeded");

    send("ping", "{}");
    assertThat(socket.last().get("type").asText()).isEqualTo("pong");
  }

  @Test
  void silence_is_answered_by_a_ping_and_a_pong_keeps_the_connection() {
    clock.advance(Duration.ofSeconds(20));
    assertThat(socket.of("ping")).hasSize(1);
    clock.advance(Duration.ofSeconds(9));
    send("pong", "{}");
    clock.advance(Duration.ofSeconds(19));
    assertThat(socket.closeCode).isZero();
    assertThat(socket.of("ping")).hasSize(1);
  }

  @Test
  void a_ping_without_an_answer_ends_the_connection_and_not_the_conversation() {
    start();
    clock.advance(Duration.ofSeconds(31));
    assertThat(socket.closeCode).isEqualTo(4002);
    assertThat(hub.conversations().iterator().next().result()).isNotDone();
  }

  @Test
  void a_socket_that_takes_no_bytes_is_closed() {
    start();
    socket.stick();
    model.next().tokens("a");
    clock.advance(Duration.ofSeconds(9));
    assertThat(socket.closeCode).isZero();
    clock.advance(Duration.ofSeconds(1));
    assertThat(socket.closeCode).isEqualTo(4003);
  }

  @Test
  void a_slow_socket_that_takes_bytes_now_and_then_is_not_closed() {
    start();
    ScriptedCall call = model.next();
    socket.stick();
    for (int i = 0; i < 10; i++) {
      call.tokens("a");
      send("pong", "{}");
      clock.advance(Duration.ofSeconds(6));
      socket.takeOne();
    }
    assertThat(socket.closeCode).isZero();
  }

  @Test
  void a_send_that_fails_ends_the_connection() {
    start();
    socket.stick();
    model.next().tokens("a", "b");
    socket.breakDown();
    assertThat(socket.closeCode).isEqualTo(1011);
  }

  @Test
  void answers_to_a_viewer_that_never_reads_are_bounded() {
    socket.stick();
    for (int i = 0; i < WaitingAnswers.MOST + 2; i++) {
      send("ping", "{}");
    }
    assertThat(socket.closeCode).isEqualTo(4003);
  }
}

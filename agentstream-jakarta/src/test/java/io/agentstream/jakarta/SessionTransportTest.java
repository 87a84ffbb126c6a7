package io.agentstream.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.CloseReason;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When the container is called, and on whose thread: some calls may wait for the socket. */
@Timeout(300)
class SessionTransportTest {

  private final FakeSession session = new FakeSession("");
  private final SessionTransport transport =
      new SessionTransport(session.asSession(), Duration.ofSeconds(10));
  private final List<Throwable> failures = new ArrayList<>();

  @Test
  void a_send_that_fails_is_told() throws Exception {
    IOException broken = new IOException("broken");
    transport.send("hello", failures::add);
    session.nextCall();

    session.failText(broken);

    assertThat(failures).containsExactly(broken);
  }

  @Test
  void a_ping_is_sent_on_another_thread() throws Exception {
    transport.ping();

    FakeSession.Call ping = session.nextCall();
    assertThat(ping.name()).isEqualTo("sendPing");
    assertThat(ping.thread()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void a_ping_waits_for_the_text_that_is_being_sent() throws Exception {
    transport.send("hello", failures::add);
    assertThat(session.nextCall().name()).isEqualTo("sendText");

    transport.ping();
    assertThat(session.calls()).isEmpty();
    session.finishText();

    assertThat(session.nextCall().name()).isEqualTo("sendPing");
  }

  @Test
  void one_ping_is_enough_however_many_wait() throws Exception {
    transport.send("hello", failures::add);
    session.nextCall();

    transport.ping();
    transport.ping();
    session.finishText();
    assertThat(session.nextCall().name()).isEqualTo("sendPing");
    transport.send("world", failures::add);
    assertThat(session.nextCall().name()).isEqualTo("sendText");
    session.finishText();

    assertThat(session.calls()).isEmpty();
  }

  @Test
  void a_close_is_done_at_once_when_nothing_is_being_sent() {
    transport.close(4002, "no pong");

    assertThat(session.calls())
        .extracting(FakeSession.Call::name)
        .containsExactly("setMaxIdleTimeout", "close");
    assertThat(session.calls())
        .extracting(FakeSession.Call::thread)
        .containsOnly(Thread.currentThread());
  }

  @Test
  void a_close_behind_a_text_that_is_being_sent_waits_for_it_and_is_done_on_another_thread()
      throws Exception {
    transport.send("hello", failures::add);
    session.nextCall();

    transport.close(4003, "too slow");
    assertThat(session.nextCall().name()).isEqualTo("setMaxIdleTimeout");
    assertThat(session.calls()).isEmpty();
    session.finishText();

    FakeSession.Call close = session.nextCall();
    assertThat(close.name()).isEqualTo("close");
    assertThat(((CloseReason) close.argument()).getCloseCode().getCode()).isEqualTo(4003);
    assertThat(close.thread()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void a_close_behind_a_text_that_is_stuck_does_not_wait_for_it_for_ever() throws Exception {
    SessionTransport impatient = new SessionTransport(session.asSession(), Duration.ofMillis(1));
    impatient.send("hello", failures::add);
    session.nextCall();

    impatient.close(4003, "too slow");

    assertThat(List.of(session.nextCall().name(), session.nextCall().name()))
        .containsExactlyInAnyOrder("setMaxIdleTimeout", "close");
    session.finishText();
    assertThat(session.calls()).isEmpty();
  }

  @Test
  void a_busy_machine_may_take_longer_for_a_close_than_tomcat_would_wait() {
    assertThat(patienceOf(session)).isEqualTo(2_000);
  }

  @Test
  void a_crowd_that_is_stuck_when_tomcat_stops_shares_its_patience() throws Exception {
    List<FakeSession> crowd = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      FakeSession stuck = new FakeSession("");
      SessionTransport one = new SessionTransport(stuck.asSession(), Duration.ofSeconds(10));
      one.send("hello", failures::add);
      one.close(1001, "going away");
      crowd.add(stuck);
    }

    assertThat(crowd).extracting(SessionTransportTest::patienceOf).allMatch(each -> each >= 50);
    assertThat(crowd.stream().mapToLong(SessionTransportTest::patienceOf).sum()).isLessThan(15_000);
  }

  private static long patienceOf(FakeSession session) {
    return (Long) session.asSession().getUserProperties().get(SessionTransport.CLOSE_PATIENCE);
  }

  @Test
  void a_socket_that_is_being_closed_is_cut_when_it_takes_nothing_for_a_while() throws Exception {
    transport.close(4003, "too slow");

    FakeSession.Call idle = session.nextCall();
    assertThat(idle.name()).isEqualTo("setMaxIdleTimeout");
    assertThat(idle.argument()).isEqualTo(10_000L);
  }

  @Test
  void a_container_that_refuses_an_idle_timeout_is_asked_to_close_all_the_same() {
    session.refuse(new RejectedExecutionException("stopping"));

    transport.close(1001, "going away");

    assertThat(session.calls())
        .extracting(FakeSession.Call::name)
        .containsExactly("setMaxIdleTimeout", "close");
  }

  @Test
  void a_container_that_refuses_a_ping_breaks_nothing() throws Exception {
    session.refuse(new RejectedExecutionException("stopping"));

    transport.ping();
    Thread pinger = session.nextCall().thread();
    transport.ping();

    // A thread that an exception had ended would not be there for the next one.
    assertThat(session.nextCall().thread().isAlive()).isTrue();
    assertThat(pinger.isAlive()).isTrue();
  }
}

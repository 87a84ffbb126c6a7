package io.agentstream.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.hub.ConversationHub;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import jakarta.websocket.CloseReason;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The endpoint's use of a session, step by step. */
@Timeout(180)
class ViewerEndpointTest {

  private final ManualClock clock = new ManualClock();
  private final ConversationHub hub =
      ServedHub.hubOf(new ScriptedModel()).clock(clock).timeouts(LivenessContract.PATIENT).build();
  private final ViewerEndpoint endpoint = new ViewerEndpoint(hub, Logins.NONE);

  @Test
  void the_idle_timeout_is_set_before_anything_is_sent() throws Exception {
    FakeSession session = open("agentstream.v1");

    FakeSession.Call first = session.nextCall();

    assertThat(first.name()).isEqualTo("setMaxIdleTimeout");
    assertThat(first.argument()).isEqualTo(Duration.ofMinutes(30).toMillis());
    assertThat(session.nextCall().name()).isEqualTo("sendText");
  }

  @Test
  void a_pong_is_a_sign_of_life() throws Exception {
    FakeSession session = openAndWelcome("");

    clock.advance(LivenessContract.HEARTBEAT);
    assertThat(session.nextCall().name()).isEqualTo("sendPing");
    session.pong();
    clock.advance(LivenessContract.PATIENCE);

    assertThat(session.calls()).isEmpty();
  }

  @Test
  void without_a_pong_the_session_is_closed_with_4002() throws Exception {
    FakeSession session = openAndWelcome("");

    clock.advance(LivenessContract.HEARTBEAT);
    assertThat(session.nextCall().name()).isEqualTo("sendPing");
    clock.advance(LivenessContract.PATIENCE);

    session.nextCall();
    CloseReason why = (CloseReason) session.nextCall().argument();
    assertThat(why.getCloseCode().getCode()).isEqualTo(4002);
  }

  @Test
  void an_unknown_subprotocol_is_closed_and_takes_nothing_from_the_hub() throws Exception {
    FakeSession session = open("agentstream.v9");

    session.nextCall();
    session.nextCall();
    CloseReason why = (CloseReason) session.nextCall().argument();
    assertThat(why.getCloseCode().getCode()).isEqualTo(4505);
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void a_session_whose_send_fails_is_closed_since_some_containers_tell_nothing_more()
      throws Exception {
    FakeSession session = open("agentstream.v1");
    session.nextCall();
    session.nextCall();
    int alarms = clock.alarms();

    session.failText(new IOException("broken"));

    session.nextCall();
    assertThat(session.nextCall().name()).isEqualTo("close");
    assertThat(clock.alarms()).isLessThan(alarms);
  }

  /** A session whose welcome has been sent. */
  private FakeSession openAndWelcome(String subprotocol) throws Exception {
    FakeSession session = open(subprotocol);
    assertThat(session.nextCall().name()).isEqualTo("setMaxIdleTimeout");
    assertThat(session.nextCall().name()).isEqualTo("sendText");
    session.finishText();
    return session;
  }

  private FakeSession open(String subprotocol) {
    FakeSession session = new FakeSession(subprotocol);
    endpoint.onOpen(
        session.asSession(),
        ServerEndpointConfig.Builder.create(ViewerEndpoint.class, "/ws").build());
    return session;
  }
}

package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.test.Eventually;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.IdleTransport;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** A connection leaves nothing behind when it is closed. */
class ClosedConnectionTest {

  private final ManualClock clock = new ManualClock();
  private final ScriptedModel model = new ScriptedModel();
  private final ConversationHub hub =
      ConversationHub.builder()
          .agents(Agent.builder("Ann").model(model).build())
          .clock(clock)
          .executor(Runnable::run)
          .build();

  @Test
  void no_alarm_waits_for_it_and_what_it_was_to_send_can_be_collected() {
    ViewerConnection starter = hub.connect(new IdleTransport(), false);
    starter.receive("{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\"}}", true);
    String id = hub.conversations().iterator().next().id();
    int before = clock.alarms();

    WeakReference<Transport> writing = new WeakReference<>(joinAndClose(id, stuck()));
    WeakReference<Transport> read = new WeakReference<>(joinAndClose(id, new IdleTransport()));

    assertThat(clock.alarms()).isEqualTo(before);
    Eventually.awaitCollection("a connection whose write was under way", writing);
    Eventually.awaitCollection("a connection that had sent everything", read);
    hub.close();
  }

  private static Transport stuck() {
    FakeTransport transport = new FakeTransport();
    transport.stick();
    return transport;
  }

  private Transport joinAndClose(String id, Transport transport) {
    ViewerConnection viewer = hub.connect(transport, false);
    viewer.receive(
        "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\"" + id + "\"}}", true);
    viewer.closed();
    return transport;
  }
}

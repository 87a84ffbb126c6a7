package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.test.Eventually;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.Transport;
import io.agentstream.viewer.ViewerConnection;
import java.lang.ref.WeakReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a connection leaves behind when it is closed: nothing. */
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
    ViewerConnection starter = hub.connect(new AtOnce(), false);
    starter.receive("{\"type\":\"start_conversation\",\"data\":{\"topic\":\"Tea?\"}}", true);
    String id = hub.conversations().iterator().next().id();
    int before = clock.alarms();

    WeakReference<Transport> stuck = new WeakReference<>(joinAndClose(id, new Never()));
    WeakReference<Transport> read = new WeakReference<>(joinAndClose(id, new AtOnce()));

    assertThat(clock.alarms()).isEqualTo(before);
    Eventually.awaitCollection("a connection whose write was under way", stuck);
    Eventually.awaitCollection("a connection that had sent everything", read);
    hub.close();
  }

  private Transport joinAndClose(String id, Transport transport) {
    ViewerConnection viewer = hub.connect(transport, false);
    viewer.receive(
        "{\"type\":\"join_conversation\",\"data\":{\"conversation_id\":\"" + id + "\"}}", true);
    viewer.closed();
    return transport;
  }

  private static class AtOnce implements Transport {
    @Override
    public void send(String message, Consumer<@Nullable Throwable> onSent) {
      onSent.accept(null);
    }

    @Override
    public void ping() {}

    @Override
    public void close(int code, String reason) {}
  }

  private static final class Never extends AtOnce {
    @Override
    public void send(String message, Consumer<@Nullable Throwable> onSent) {}
  }
}

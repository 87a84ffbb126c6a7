package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Handshake;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.time.ChatClock;
import io.agentstream.viewer.FakeAuthenticator;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A viewer with a good token on a machine that is slow or stands still for a while. */
class AuthenticationDelayTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final StallingClock clock = new StallingClock();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final FakeTransport socket = new FakeTransport();
  private final ConversationHub hub =
      ConversationHub.builder()
          .agents(Agent.builder("Ann").model(new ScriptedModel()).build())
          .authenticator(new FakeAuthenticator().knows("ann", Authentication.of("ann")))
          .executor(waiting::add)
          .clock(clock)
          .build();

  @Test
  void an_executor_that_takes_almost_all_the_time_leaves_the_authenticator_its_own() {
    ViewerConnection viewer = hub.connect(socket, false, Handshake.none());
    clock.manual.advance(Duration.ofMillis(4_900));
    runNext();
    clock.manual.advance(Duration.ofMillis(4_900));
    token(viewer);
    clock.manual.advance(Duration.ofMillis(4_900));
    runNext();
    assertThat(socket.last().at("/data/authenticated").asBoolean()).isTrue();
  }

  @Test
  void an_executor_that_never_runs_it_keeps_no_connection() {
    ViewerConnection unused = hub.connect(socket, false, Handshake.none());
    clock.manual.advance(PATIENCE);
    assertThat(socket.closeCode).isEqualTo(1011);
    runNext();
    assertThat(socket.frames).isEmpty();
  }

  @Test
  void a_process_that_stood_still_beyond_the_deadline_still_takes_the_token() {
    ViewerConnection viewer = hub.connect(socket, false, Handshake.none());
    runNext();
    clock.stall(PATIENCE.multipliedBy(2));
    clock.manual.advance(PATIENCE);
    assertThat(socket.closeCode).isZero();
    token(viewer);
    runNext();
    assertThat(socket.last().at("/data/authenticated").asBoolean()).isTrue();
  }

  @Test
  void a_machine_that_is_always_late_keeps_nobody_without_end() {
    ViewerConnection unused = hub.connect(socket, false, Handshake.none());
    runNext();
    for (int i = 0; i < 4; i++) {
      assertThat(socket.closeCode).isZero();
      clock.stall(PATIENCE);
      clock.manual.advance(PATIENCE);
    }
    assertThat(socket.closeCode).isEqualTo(4500);
  }

  private void runNext() {
    Runnable next = waiting.remove();
    next.run();
  }

  private static void token(ViewerConnection viewer) {
    viewer.receive("{\"type\":\"authenticate\",\"data\":{\"token\":\"ann\"}}", true);
  }

  /** Its alarms can be late. */
  private static final class StallingClock implements ChatClock {
    private final ManualClock manual = new ManualClock();
    private Duration ahead = Duration.ZERO;

    /** Time goes by, and no alarm rings in it. */
    void stall(Duration time) {
      ahead = ahead.plus(time);
    }

    @Override
    public long millis() {
      return manual.millis() + ahead.toMillis();
    }

    @Override
    public long nanoTime() {
      return manual.nanoTime() + ahead.toNanos();
    }

    @Override
    public Alarm schedule(Duration delay, Runnable task) {
      return manual.schedule(delay, task);
    }
  }
}

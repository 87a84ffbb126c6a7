package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.hub.ConversationHub;
import io.agentstream.identity.Authentication;
import io.agentstream.identity.Handshake;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.viewer.FakeAuthenticator;
import io.agentstream.viewer.FakeTransport;
import io.agentstream.viewer.ViewerConnection;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;

/** An authenticator's answer, on a thread of its own, against what may come at the same time. */
class AuthenticationRaceTest {

  private final ManualClock clock = new ManualClock();
  private final FakeAuthenticator authenticator = new FakeAuthenticator().late();
  private final FakeTransport socket = new FakeTransport();
  private final ConversationHub hub =
      ConversationHub.builder()
          .agents(Agent.builder("Ann").model(new ScriptedModel()).build())
          .authenticator(authenticator)
          .clock(clock)
          .executor(Runnable::run)
          .build();

  @RepeatedTest(100)
  void an_answer_and_the_end_of_the_patience_lead_to_one_of_the_two() throws Exception {
    hub.connect(socket, false, Handshake.none());

    race(() -> answer("ann"), () -> clock.advance(Timeouts.defaults().authentication()));

    boolean welcomed = !socket.of("welcome").isEmpty();
    assertThat(socket.closeCode).isEqualTo(welcomed ? 0 : 1011);
  }

  @RepeatedTest(100)
  void an_answer_and_the_viewers_leaving_leave_nothing_behind() throws Exception {
    ViewerConnection viewer = hub.connect(socket, false, Handshake.none());

    race(() -> answer("ann"), viewer::closed);

    clock.advance(Timeouts.defaults().stuckWrite());
    assertThat(clock.alarms()).isZero();
    assertThat(socket.closeCode).isZero();
  }

  private void answer(String user) {
    authenticator.pending.complete(Authentication.of(user, clock.now().plusSeconds(3_600)));
  }

  private static void race(Runnable one, Runnable other) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<?> first = threads.submit(() -> together(start, one));
      Future<?> second = threads.submit(() -> together(start, other));
      first.get(60, TimeUnit.SECONDS);
      second.get(60, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void together(CyclicBarrier start, Runnable task) throws Exception {
    start.await();
    task.run();
    return null;
  }
}

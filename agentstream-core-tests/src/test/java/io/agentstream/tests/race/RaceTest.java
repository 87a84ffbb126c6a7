package io.agentstream.tests.race;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Two threads want something of one conversation at the same moment, thousands of times; whoever
 * comes first, the events are well formed and the conversation ends and can go on.
 */
class RaceTest {

  private static final int TIMES = 3_000;
  private static final ExecutorService THREADS = Executors.newFixedThreadPool(2);

  @AfterAll
  static void stopThreads() {
    THREADS.shutdownNow();
  }

  @Test
  void a_stop_against_the_completion_of_an_answer() throws Exception {
    race(round -> round.call.tokens("a").complete(), round -> round.conversation.stop());
  }

  @Test
  void an_interruption_against_the_completion_of_an_answer() throws Exception {
    race(
        round -> round.call.tokens("a").complete(),
        round -> round.conversation.interrupt("Wait.").join());
  }

  @Test
  void a_stop_against_the_first_token() throws Exception {
    race(round -> round.call.tokens("a"), round -> round.conversation.stop());
  }

  @Test
  void a_stopped_speaker_against_a_failing_model() throws Exception {
    race(
        round -> round.call.tokens("a").fail(new IllegalStateException()),
        round -> round.conversation.stopSpeaker().join());
  }

  @Test
  void something_said_against_the_end() throws Exception {
    race(round -> round.conversation.stop(), round -> round.conversation.say("And?").join());
  }

  @Test
  void the_end_of_a_pause_against_a_stop() throws Exception {
    race(
        round -> {
          round.conversation.pause().join();
          round.call.complete();
          round.conversation.unpause().join();
        },
        round -> round.conversation.stop());
  }

  private static void race(Step one, Step other) throws Exception {
    for (int i = 0; i < TIMES; i++) {
      Round round = new Round();
      CyclicBarrier start = new CyclicBarrier(2);
      Future<?> first = THREADS.submit(() -> run(start, one, round));
      Future<?> second = THREADS.submit(() -> run(start, other, round));
      first.get(1, TimeUnit.MINUTES);
      second.get(1, TimeUnit.MINUTES);
      round.check();
    }
  }

  private static Object run(CyclicBarrier start, Step step, Round round) throws Exception {
    start.await(1, TimeUnit.MINUTES);
    step.take(round);
    return round;
  }

  private interface Step {
    void take(Round round) throws Exception;
  }

  private static final class Round {
    final ScriptedModel model = new ScriptedModel();
    final ManualClock clock = new ManualClock();
    final RecordedEvents events = new RecordedEvents();
    final Conversation conversation;
    final ScriptedCall call;

    Round() {
      conversation =
          GroupChat.builder()
              .participants(agent("Ann"), agent("Ben"))
              .maxRounds(1)
              .clock(clock)
              .executor(Runnable::run)
              .build()
              .newConversation("Tea?")
              .inlineListener(events)
              .start();
      call = model.next();
    }

    private Agent agent(String name) {
      return Agent.builder(name).model(model).retryPolicy(RetryPolicy.none()).build();
    }

    void check() throws Exception {
      conversation.stop();
      events.awaitEnd();
      assertThat(events).isWellFormed();
      assertThat(clock.alarms()).isZero();
      model.always(next -> next.tokens("b").complete());
      conversation.say("Go on.").join();
      conversation.result().get(1, TimeUnit.MINUTES);
      assertThat(events).isWellFormed();
      assertThat(clock.alarms()).isZero();
    }
  }
}

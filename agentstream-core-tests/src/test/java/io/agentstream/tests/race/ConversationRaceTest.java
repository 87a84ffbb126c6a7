package io.agentstream.tests.race;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.ChatResult;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.chat.RetryPolicy;
import io.agentstream.chat.SteeringOutcome;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationPaused;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.EndReason;
import io.agentstream.event.NewMessage;
import io.agentstream.event.StreamingComplete;
import io.agentstream.event.TurnFinishReason;
import io.agentstream.test.ManualClock;
import io.agentstream.test.RecordedEvents;
import io.agentstream.test.ScriptedCall;
import io.agentstream.test.ScriptedModel;
import io.agentstream.test.stress.Stress;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Two things at once, on two threads: either order is right, nothing else is. */
@Timeout(300)
class ConversationRaceTest {

  private static final int ROUNDS = Race.rounds(3_000);

  private final Race race = new Race();

  @AfterEach
  void close() {
    race.close();
  }

  /** One conversation to run into. */
  private static final class Subject {
    final ScriptedModel model = new ScriptedModel();
    final ManualClock clock = new ManualClock();
    final RecordedEvents events = new RecordedEvents();
    final Conversation conversation;

    Subject(int rounds, Executor executor, String... names) {
      conversation =
          GroupChat.builder()
              .participants(List.of(names).stream().map(this::agent).toList())
              .maxRounds(rounds)
              .clock(clock)
              .executor(executor)
              .build()
              .newConversation("Why?")
              .inlineListener(events)
              .start();
    }

    private Agent agent(String name) {
      return Agent.builder(name).model(model).retryPolicy(RetryPolicy.none()).build();
    }

    static Subject inline(int rounds, String... names) {
      return new Subject(rounds, Runnable::run, names);
    }

    TurnFinishReason firstFinish() {
      return events.of(StreamingComplete.class).get(0).finishReason();
    }

    int runs() {
      return events.of(ConversationStarted.class).size();
    }

    /** Lets everybody say something until the run is over. */
    void finish() throws Exception {
      while (!events.isEnded()) {
        model.awaitNext().tokens("ok").complete();
      }
    }

    /** The run is over, all is well, and another one can follow. */
    void checkEndAndGoOn() throws Exception {
      checkEnd();
      int runs = runs();
      assertThat(accepted(conversation.say("And more?"))).isTrue();
      assertThat(runs()).isEqualTo(runs + 1);
      finish();
      checkEnd();
    }

    private void checkEnd() throws Exception {
      assertThat(events).isWellFormed();
      assertThat(events.isEnded()).isTrue();
      assertThat(clock.alarms()).as("alarms").isZero();
      ChatResult result = conversation.result().get(60, TimeUnit.SECONDS);
      List<ConversationEnded> ends = events.of(ConversationEnded.class);
      assertThat(result.reason()).isEqualTo(ends.get(ends.size() - 1).reason());
    }
  }

  private static boolean accepted(CompletableFuture<SteeringOutcome> outcome) throws Exception {
    return outcome.get(60, TimeUnit.SECONDS) == SteeringOutcome.ACCEPTED;
  }

  @Stress
  void a_stop_against_a_completion() throws Exception {
    Set<TurnFinishReason> seen = EnumSet.noneOf(TurnFinishReason.class);
    for (int round = 0; round < ROUNDS; round++) {
      Subject subject = Subject.inline(1, "Ann");
      ScriptedCall call = subject.model.next().tokens("half");
      race.run(round, () -> call.tokens(" more").complete(), subject.conversation::stop);

      seen.add(subject.firstFinish());
      assertThat(subject.firstFinish()).isIn(TurnFinishReason.STOP, TurnFinishReason.STOPPED);
      subject.checkEndAndGoOn();
    }
    assertThat(seen).as("both came first at times").hasSize(2);
  }

  @Stress
  void a_stop_of_the_speaker_against_a_failure() throws Exception {
    Set<TurnFinishReason> seen = EnumSet.noneOf(TurnFinishReason.class);
    for (int round = 0; round < ROUNDS; round++) {
      Subject subject = Subject.inline(1, "Ann");
      ScriptedCall call = subject.model.next().tokens("half");
      race.run(
          round,
          () -> call.fail(new IOException("stubbed")),
          () -> subject.conversation.stopSpeaker().get(60, TimeUnit.SECONDS));

      seen.add(subject.firstFinish());
      assertThat(subject.firstFinish()).isIn(TurnFinishReason.ERROR, TurnFinishReason.STOPPED);
      subject.checkEndAndGoOn();
    }
    assertThat(seen).as("both came first at times").hasSize(2);
  }

  @Stress
  void an_interruption_against_a_completion() throws Exception {
    Set<TurnFinishReason> seen = EnumSet.noneOf(TurnFinishReason.class);
    for (int round = 0; round < ROUNDS; round++) {
      Subject subject = Subject.inline(1, "Ann", "Ben");
      ScriptedCall call = subject.model.next().tokens("half");
      race.run(
          round,
          () -> call.tokens(" more").complete(),
          () -> accepted(subject.conversation.interrupt("Wait!")));

      seen.add(subject.firstFinish());
      assertThat(subject.firstFinish()).isIn(TurnFinishReason.STOP, TurnFinishReason.INTERRUPTED);
      subject.finish();
      assertThat(subject.events.of(NewMessage.class))
          .extracting(NewMessage::content)
          .containsOnlyOnce("Wait!");
      subject.checkEndAndGoOn();
    }
    assertThat(seen).as("both came first at times").hasSize(2);
  }

  @Stress
  void a_stop_before_the_first_token() throws Exception {
    Set<Boolean> called = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      HoldsFirst executor = new HoldsFirst();
      Subject subject = new Subject(1, executor, "Ann");
      subject.model.always(call -> call.tokens("ok").complete());
      race.run(round, executor::runFirst, subject.conversation::stop);

      called.add(!subject.model.calls().isEmpty());
      assertThat(subject.firstFinish()).isIn(TurnFinishReason.STOP, TurnFinishReason.STOPPED);
      subject.checkEndAndGoOn();
    }
    assertThat(called).as("both came first at times").hasSize(2);
  }

  /** Keeps the first task, which is the call of the model; the others run at once. */
  private static final class HoldsFirst implements Executor {
    private Runnable first;

    @Override
    public void execute(Runnable task) {
      if (first == null) {
        first = task;
      } else {
        task.run();
      }
    }

    void runFirst() {
      first.run();
    }
  }

  @Stress
  void a_message_against_the_end() throws Exception {
    Set<Boolean> continued = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      Subject subject = Subject.inline(1, "Ann");
      ScriptedCall call = subject.model.next().tokens("last");
      race.run(round, call::complete, () -> accepted(subject.conversation.say("And?")));

      // Said before the end or after it: in both cases somebody answers.
      assertThat(subject.runs()).isEqualTo(2);
      subject.finish();
      List<NewMessage> messages = subject.events.of(NewMessage.class);
      assertThat(messages)
          .extracting(NewMessage::content)
          .containsExactly("Why?", "last", "And?", "ok");
      continued.add(messages.get(2).round() == 0);
      subject.checkEndAndGoOn();
    }
    assertThat(continued).as("both came first at times").hasSize(2);
  }

  @Stress
  void a_message_against_a_stop() throws Exception {
    Set<Integer> runs = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      Subject subject = Subject.inline(1, "Ann");
      race.run(
          round,
          () -> accepted(subject.conversation.say("And?")),
          () -> subject.conversation.stop());

      runs.add(subject.runs());
      subject.finish();
      assertThat(subject.events.of(NewMessage.class))
          .extracting(NewMessage::content)
          .containsOnlyOnce("And?");
      subject.checkEndAndGoOn();
    }
    assertThat(runs).as("both came first at times").containsExactlyInAnyOrder(1, 2);
  }

  @Stress
  void an_end_of_a_pause_against_a_stop() throws Exception {
    Set<EndReason> seen = EnumSet.noneOf(EndReason.class);
    Set<SteeringOutcome> outcomes = EnumSet.noneOf(SteeringOutcome.class);
    for (int round = 0; round < ROUNDS; round++) {
      Subject subject = Subject.inline(1, "Ann", "Ben");
      assertThat(accepted(subject.conversation.pause())).isTrue();
      subject.model.next().tokens("ok").complete();
      assertThat(subject.events.of(ConversationPaused.class)).hasSize(1);
      race.run(
          round,
          () -> outcomes.add(subject.conversation.unpause().get(60, TimeUnit.SECONDS)),
          subject.conversation::stop);

      seen.add(subject.events.only(ConversationEnded.class).reason());
      subject.checkEndAndGoOn();
    }
    assertThat(seen).containsExactly(EndReason.STOPPED);
    assertThat(outcomes).as("both came first at times").hasSize(2);
  }

  @Stress
  void an_alarm_against_a_completion() throws Exception {
    Set<TurnFinishReason> seen = EnumSet.noneOf(TurnFinishReason.class);
    for (int round = 0; round < ROUNDS; round++) {
      Subject subject = Subject.inline(1, "Ann");
      ScriptedCall call = subject.model.next().tokens("half");
      race.run(round, call::complete, () -> subject.clock.advance(Duration.ofMinutes(3)));

      seen.add(subject.firstFinish());
      assertThat(subject.firstFinish()).isIn(TurnFinishReason.STOP, TurnFinishReason.ERROR);
      subject.checkEndAndGoOn();
    }
    assertThat(seen).as("both came first at times").hasSize(2);
  }
}

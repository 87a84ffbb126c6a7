package io.agentstream.chat;

import static io.agentstream.test.AgentstreamAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.speaker.SpeakerSelector;
import io.agentstream.event.EndReason;
import io.agentstream.settings.Timeouts;
import io.agentstream.test.ScriptedCall;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A cancelled alarm that rings nevertheless has no effect. */
class LateAlarmsTest extends ChatFixture {

  private static final Duration HOUR = Duration.ofHours(1);

  @Override
  GroupChat.Builder chat(int rounds, Agent... agents) {
    return super.chat(rounds, agents).clock(new LateClock(clock));
  }

  @Test
  void the_alarm_of_one_run_does_not_end_the_next() {
    Conversation conversation =
        start(chat(1, agent("Ann").timeouts(patient()).build()).timeouts(run(HOUR)));
    model.next().tokens("a").complete();
    clock.advance(Duration.ofMinutes(59));
    assertThat(conversation.say("And?")).isCompletedWithValue(SteeringOutcome.ACCEPTED);

    clock.advance(Duration.ofMinutes(30));
    assertThat(events).isNotEnded();
    clock.advance(Duration.ofMinutes(31));

    assertThat(events).endedWith(EndReason.TIMEOUT);
  }

  @Test
  void the_alarm_before_a_pause_does_not_end_the_run_after_it() {
    Conversation conversation =
        start(chat(2, agent("Ann").timeouts(patient()).build()).timeouts(run(HOUR)));
    assertThat(conversation.pause()).isCompletedWithValue(SteeringOutcome.ACCEPTED);
    model.next().tokens("a").complete();
    clock.advance(Duration.ofMinutes(59));
    assertThat(conversation.unpause()).isCompletedWithValue(SteeringOutcome.ACCEPTED);

    clock.advance(Duration.ofMinutes(30));
    assertThat(events).isNotEnded();
  }

  @Test
  void the_alarms_of_a_call_a_turn_and_a_question_say_nothing_later() {
    Agent ann = agent("Ann").build();
    Conversation conversation =
        start(chat(1, ann).speakerSelector(SpeakerSelector.manual()).timeouts(run(HOUR)));
    assertThat(conversation.input("i1", "Ann")).isCompletedWithValue(SteeringOutcome.ACCEPTED);
    ScriptedCall call = model.next().tokens("a");
    call.complete();
    int before = events.all().size();

    clock.advance(Duration.ofDays(1));

    assertThat(events.all()).hasSize(before);
    assertThat(events).isWellFormed().endedWith(EndReason.MAX_ROUNDS);
  }

  private static Timeouts run(Duration time) {
    return Timeouts.builder().conversation(time).build();
  }
}

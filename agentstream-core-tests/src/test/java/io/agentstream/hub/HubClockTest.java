package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.time.ChatClock.Alarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HubClockTest {

  private final ManualClock clock = new ManualClock();

  @Test
  void a_closed_hub_leaves_no_alarm_behind() {
    ScriptedModel model = new ScriptedModel().answers("a");
    Agent ann = Agent.builder("Ann").model(model).build();
    GroupChat chat =
        GroupChat.builder()
            .participants(ann)
            .maxRounds(1)
            .clock(clock)
            .executor(Runnable::run)
            .build();
    ConversationHub hub = ConversationHub.builder().agents(ann).clock(clock).build();
    Conversation over = hub.start(chat, "Tea?");
    Conversation underWay = hub.start(chat, "Coffee?");
    assertThat(over.result()).isDone();
    assertThat(underWay.result()).isNotDone();

    hub.close();

    assertThat(underWay.result()).isDone();
    assertThat(clock.alarms()).isZero();
  }

  @Test
  void an_alarm_rings_until_it_is_cancelled_or_the_clock_is_closed() {
    HubClock own = new HubClock(clock);
    List<String> rung = new ArrayList<>();
    Alarm first = own.schedule(Duration.ofSeconds(1), () -> rung.add("first"));
    Alarm unusedSecond = own.schedule(Duration.ofSeconds(1), () -> rung.add("second"));
    Alarm unusedThird = own.schedule(Duration.ofSeconds(2), () -> rung.add("third"));
    first.cancel();

    clock.advance(Duration.ofSeconds(1));
    own.close();
    Alarm unusedLate = own.schedule(Duration.ZERO, () -> rung.add("late"));
    clock.advance(Duration.ofSeconds(9));

    assertThat(rung).containsExactly("second");
    assertThat(clock.alarms()).isZero();
  }
}

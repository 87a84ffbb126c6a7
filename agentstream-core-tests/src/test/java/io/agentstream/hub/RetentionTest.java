package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.chat.Conversation;
import io.agentstream.chat.GroupChat;
import io.agentstream.event.ConversationEnded;
import io.agentstream.event.ConversationStarted;
import io.agentstream.event.ConversationUsage;
import io.agentstream.event.EndReason;
import io.agentstream.event.Usage;
import io.agentstream.hub.LocalConversations.Running;
import io.agentstream.journal.InMemoryJournal;
import io.agentstream.journal.Journal;
import io.agentstream.settings.Limits;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetentionTest {

  private static final Duration KEPT = Duration.ofMinutes(30);

  private final List<Runnable> alarms = new ArrayList<>();
  private final List<Running> forgotten = new ArrayList<>();
  private final Retention retention =
      new Retention("c", new LateClock(), KEPT, null, Duration.ZERO, forgotten::add);
  private final Running running = running();

  @Test
  void a_conversation_is_forgotten_some_time_after_its_end() {
    retention.begin(running);
    retention.onConversationStarted(new ConversationStarted(1));
    end();
    assertThat(forgotten).isEmpty();
    alarms.get(0).run();
    assertThat(forgotten).containsExactly(running);
  }

  @Test
  void one_that_goes_on_is_not_forgotten_by_an_alarm_that_is_under_way_already() {
    retention.begin(running);
    retention.onConversationStarted(new ConversationStarted(1));
    end();
    retention.onConversationStarted(new ConversationStarted(2));
    alarms.get(0).run();
    assertThat(forgotten).isEmpty();
    end();
    alarms.get(1).run();
    assertThat(forgotten).containsExactly(running);
  }

  private void end() {
    retention.onConversationEnded(
        new ConversationEnded(
            EndReason.MAX_ROUNDS, "", ConversationUsage.of(Map.of(), Usage.NONE)));
  }

  private static Running running() {
    ManualClock clock = new ManualClock();
    Agent agent = Agent.builder("Ann").model(new ScriptedModel()).build();
    Conversation conversation =
        GroupChat.builder()
            .participants(agent)
            .clock(clock)
            .executor(task -> {})
            .build()
            .start("Tea?");
    Journal journal = new InMemoryJournal(Limits.defaults(), clock);
    return new Running(
        conversation, new Scribe(journal.open("c", 1), null, Set.of(), UnlimitedMeter.on(clock)));
  }

  /** One whose alarms are too far on their way to be cancelled. */
  private final class LateClock implements ChatClock {
    @Override
    public long millis() {
      return 0;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public Alarm schedule(Duration delay, Runnable task) {
      assertThat(delay).isEqualTo(KEPT);
      alarms.add(task);
      return () -> {};
    }
  }
}

package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.chat.Agent;
import io.agentstream.test.ManualClock;
import io.agentstream.test.ScriptedModel;
import io.agentstream.time.ChatClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HubHealthTest {

  private final ManualClock manual = new ManualClock();
  private final DyingClock clock = new DyingClock(manual);
  private final ConversationHub hub = hub();

  @Test
  void a_hub_whose_clock_rings_is_healthy_however_seldom_it_is_asked() {
    assertThat(hub.health().isHealthy()).isTrue();
    manual.advance(Duration.ofHours(1));
    assertThat(hub.health().isHealthy()).isTrue();
  }

  @Test
  void a_clock_whose_alarms_do_not_ring_is_a_problem_after_ten_seconds() {
    hub.health();
    clock.dead = true;
    manual.advance(Duration.ofSeconds(10));
    assertThat(hub.health().isHealthy()).isTrue();
    manual.advance(Duration.ofSeconds(2));
    assertThat(hub.health().problems())
        .containsExactly("The clock's alarms do not ring: no timeout works");
  }

  @Test
  void a_clock_that_has_lost_one_alarm_is_healthy_again() {
    hub.health();
    clock.dead = true;
    manual.advance(Duration.ofSeconds(12));
    clock.dead = false;
    assertThat(hub.health().isHealthy()).isFalse();
    manual.advance(Duration.ofSeconds(1));
    assertThat(hub.health().isHealthy()).isTrue();
  }

  @Test
  void a_hub_that_nobody_asks_sets_no_alarm_and_one_that_is_closed_leaves_none() {
    assertThat(manual.alarms()).isZero();
    hub.health();
    assertThat(manual.alarms()).isEqualTo(1);
    hub.close();
    assertThat(manual.alarms()).isZero();
    assertThat(hub.health().isHealthy()).isTrue();
  }

  private ConversationHub hub() {
    return ConversationHub.builder()
        .agents(Agent.builder("Ann").model(new ScriptedModel()).build())
        .clock(clock)
        .executor(Runnable::run)
        .build();
  }

  /** A clock whose thread can die: the time goes on, and nothing rings. */
  private static final class DyingClock implements ChatClock {
    private final ManualClock clock;
    private boolean dead;

    DyingClock(ManualClock clock) {
      this.clock = clock;
    }

    @Override
    public long millis() {
      return clock.millis();
    }

    @Override
    public long nanoTime() {
      return clock.nanoTime();
    }

    @Override
    public Alarm schedule(Duration delay, Runnable task) {
      return clock.schedule(
          delay,
          () -> {
            if (!dead) {
              task.run();
            }
          });
    }
  }
}

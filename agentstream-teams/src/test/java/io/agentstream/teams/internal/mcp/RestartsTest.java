package io.agentstream.teams.internal.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A server that fails again and again is started again later each time, up to a bound. */
class RestartsTest {

  /** A clock that runs over soon. */
  private long now = Long.MAX_VALUE;

  private final Restarts restarts = new Restarts(() -> now);

  private void assertWaits(long millis) {
    restarts.failed();
    now += TimeUnit.MILLISECONDS.toNanos(millis);
    assertThat(restarts.mayBegin()).isTrue();
    now--;
    assertThat(restarts.mayBegin()).isFalse();
    now++;
  }

  @Test
  void a_first_failure_waits_for_nothing_and_each_further_one_twice_as_long_up_to_half_a_minute() {
    assertThat(restarts.mayBegin()).isTrue();
    for (long millis : List.of(0, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000)) {
      assertWaits(millis);
    }
    for (int i = 0; i < 100; i++) {
      assertWaits(30_000);
    }
    restarts.worked();
    assertWaits(0);
  }
}

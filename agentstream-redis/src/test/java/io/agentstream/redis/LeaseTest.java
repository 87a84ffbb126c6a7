package io.agentstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {

  private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(10);

  @Test
  void by_default_a_dead_node_is_noticed_with_seconds_to_spare_for_the_takeover() {
    RedisSettings defaults = RedisSettings.at("redis://localhost").build();
    assertThat(Lease.noticedWithin(defaults.lease()))
        .isEqualTo(Duration.ofSeconds(6))
        .isLessThan(TAKEN_OVER_WITHIN.minus(defaults.commandTimeout()));
  }
}

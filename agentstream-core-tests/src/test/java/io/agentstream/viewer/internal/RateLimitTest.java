package io.agentstream.viewer.internal;

import static io.agentstream.viewer.internal.TokenBucket.Verdict.ABUSED;
import static io.agentstream.viewer.internal.TokenBucket.Verdict.ALLOWED;
import static io.agentstream.viewer.internal.TokenBucket.Verdict.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.test.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

  private final ManualClock clock = new ManualClock();
  private final RateLimit limit = new RateLimit(3, clock);

  @Test
  void a_minutes_worth_may_come_at_once_and_no_more() {
    assertThat(limit.take("a")).isEqualTo(ALLOWED);
    assertThat(limit.take("a")).isEqualTo(ALLOWED);
    assertThat(limit.take("a")).isEqualTo(ALLOWED);
    assertThat(limit.take("a")).isEqualTo(REFUSED);
  }

  @Test
  void it_fills_evenly() {
    use("a", 3);
    clock.advance(Duration.ofSeconds(19));
    assertThat(limit.take("a")).isEqualTo(REFUSED);
    clock.advance(Duration.ofSeconds(1));
    assertThat(limit.take("a")).isEqualTo(ALLOWED);
    assertThat(limit.take("a")).isEqualTo(REFUSED);
  }

  @Test
  void who_goes_on_after_as_many_refusals_as_a_minute_allows_does_not_listen() {
    use("a", 3);
    assertThat(limit.take("a")).isEqualTo(REFUSED);
    assertThat(limit.take("a")).isEqualTo(REFUSED);
    assertThat(limit.take("a")).isEqualTo(ABUSED);
  }

  @Test
  void one_does_not_use_up_what_is_anothers() {
    use("a", 3);
    assertThat(limit.take("b")).isEqualTo(ALLOWED);
  }

  @Test
  void who_has_not_come_for_a_minute_is_forgotten() {
    use("a", 3);
    clock.advance(Duration.ofMinutes(1));
    use("b", 1);
    assertThat(limit.keys()).isEqualTo(1);
  }

  @Test
  void zero_means_as_often_as_one_likes_and_remembers_nobody() {
    RateLimit none = new RateLimit(0, clock);
    for (int i = 0; i < 10_000; i++) {
      assertThat(none.take("a")).isEqualTo(ALLOWED);
    }
    assertThat(none.keys()).isZero();
  }

  @Test
  void many_keys_do_not_have_one_forgotten_that_is_still_in_use() {
    use("a", 3);
    for (int i = 0; i < 2 * RateLimit.MOST_KEYS; i++) {
      limit.take("crowd-" + i);
    }
    assertThat(limit.take("a")).isEqualTo(REFUSED);
    assertThat(limit.keys()).isEqualTo(RateLimit.MOST_KEYS);
  }

  @Test
  void those_for_whom_there_is_no_room_share_a_bucket_until_the_others_are_forgotten() {
    for (int i = 0; i < RateLimit.MOST_KEYS; i++) {
      limit.take("crowd-" + i);
    }
    use("late", 3 * RateLimit.SHARED);
    assertThat(limit.take("later")).isEqualTo(REFUSED);
    clock.advance(Duration.ofMinutes(1));
    use("later", 3);
    assertThat(limit.keys()).isEqualTo(1);
  }

  @Test
  void a_place_that_becomes_free_does_not_make_up_for_the_refusals_before() {
    RateLimit ten = new RateLimit(10, clock);
    TokenBucket.Verdict last = ALLOWED;
    for (int i = 0; i < 100 && last != ABUSED; i++) {
      last = ten.take("a");
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(last).isEqualTo(ABUSED);
  }

  private void use(String key, int times) {
    for (int i = 0; i < times; i++) {
      assertThat(limit.take(key)).isEqualTo(ALLOWED);
    }
  }
}

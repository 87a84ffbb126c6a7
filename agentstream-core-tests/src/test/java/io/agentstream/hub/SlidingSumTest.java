package io.agentstream.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlidingSumTest {

  private static final long HOUR = Duration.ofHours(1).toNanos();
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final SlidingSum sum = new SlidingSum(Duration.ofHours(1));

  @Test
  void what_came_within_the_window_counts_and_nothing_much_older() {
    sum.add(5, 0);
    sum.add(7, 30 * MINUTE);
    assertThat(sum.at(HOUR)).isEqualTo(12);
    assertThat(sum.at(HOUR + 3 * MINUTE)).isEqualTo(7);
    assertThat(sum.at(HOUR + 33 * MINUTE)).isZero();
  }

  @Test
  void whoever_pauses_for_long_begins_anew() {
    sum.add(5, 0);
    assertThat(sum.at(100 * HOUR)).isZero();
    sum.add(1, 100 * HOUR);
    assertThat(sum.at(100 * HOUR)).isEqualTo(1);
  }

  @Test
  void a_clock_that_begins_below_zero_counts_the_same() {
    sum.add(5, -HOUR / 2);
    assertThat(sum.at(HOUR / 3)).isEqualTo(5);
    assertThat(sum.at(HOUR)).isZero();
  }

  @Test
  void it_never_tells_less_than_the_last_hour_had() {
    Random random = new Random(7);
    List<long[]> all = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 5_000; i++) {
      now += random.nextInt((int) Duration.ofSeconds(20).toMillis()) * 1_000_000L;
      int amount = random.nextInt(10);
      sum.add(amount, now);
      all.add(new long[] {now, amount});
      long since = now - HOUR;
      long exact = all.stream().filter(one -> one[0] > since).mapToLong(one -> one[1]).sum();
      assertThat(sum.at(now)).isGreaterThanOrEqualTo(exact);
    }
  }
}

package io.agentstream.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AppendWatchTest {

  private final AppendWatch watch = new AppendWatch(10);

  @Test
  void where_nothing_is_under_way_nothing_is_missed() {
    assertThat(watch.isStuck(0)).isFalse();
    assertThat(watch.isStuck(1_000)).isFalse();
    watch.sent();
    watch.answered();
    assertThat(watch.isStuck(2_000)).isFalse();
    assertThat(watch.isStuck(3_000)).isFalse();
  }

  @Test
  void what_was_sent_after_a_long_rest_has_its_time() {
    assertThat(watch.isStuck(0)).isFalse();
    assertThat(watch.isStuck(1_000)).isFalse();
    watch.sent();
    assertThat(watch.isStuck(1_005)).isFalse();
    assertThat(watch.isStuck(1_010)).isFalse();
    assertThat(watch.isStuck(1_011)).isTrue();
  }

  @Test
  void while_answers_come_it_is_only_slow() {
    for (int now = 0; now < 1_000; now += 9) {
      watch.sent();
      watch.sent();
      watch.answered();
      assertThat(watch.isStuck(now)).isFalse();
    }
  }

  @Test
  void it_waits_as_long_again_after_each_time() {
    watch.sent();
    assertThat(watch.isStuck(0)).isFalse();
    assertThat(watch.isStuck(11)).isTrue();
    assertThat(watch.isStuck(12)).isFalse();
    assertThat(watch.isStuck(22)).isTrue();
  }
}

package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionCountTest {

  @Test
  void as_many_as_allowed_are_let_in_and_again_when_one_has_left() {
    ConnectionCount count = new ConnectionCount(2);
    assertThat(count.enter("a")).isTrue();
    assertThat(count.enter("a")).isTrue();
    assertThat(count.enter("a")).isFalse();
    assertThat(count.enter("b")).isTrue();

    count.leave("a");

    assertThat(count.enter("a")).isTrue();
    assertThat(count.enter("a")).isFalse();
  }

  @Test
  void whoever_holds_none_is_forgotten() {
    ConnectionCount count = new ConnectionCount(2);
    assertThat(count.enter("a")).isTrue();
    count.leave("a");
    assertThat(count.keys()).isZero();
  }

  @Test
  void zero_means_any_number() {
    ConnectionCount count = new ConnectionCount(0);
    for (int i = 0; i < 1_000; i++) {
      assertThat(count.enter("a")).isTrue();
    }
    assertThat(count.keys()).isZero();
  }
}

package io.agentstream.viewer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.identity.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartyTest {

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
    "2001:db8:1:2::, 20010db800010002/64",
    "[2001:db8:1:2::9], 20010db800010002/64",
    "fe80::1%eth0, fe80000000000000/64",
    "::ffff:192.0.2.1, 192.0.2.1",
    "unknown-7, unknown-7",
    "a:b:c:zz, a:b:c:zz",
    ":::::, :::::"
  })
  void an_ipv6_address_counts_for_its_network(String address, String network) {
    assertThat(Party.network(address)).isEqualTo(network);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void what_is_blank_is_not_known(String address) {
    assertThat(Party.network(address)).isNull();
  }

  @Test
  void what_a_proxy_makes_up_takes_little_room() {
    assertThat(Party.network("x".repeat(8_000))).hasSize(64);
  }

  @Test
  void a_known_user_counts_as_such_wherever_they_come_from() {
    assertThat(Party.of(User.of("ann"), "192.0.2.1")).isEqualTo(Party.of(User.of("ann"), null));
    assertThat(Party.of(User.anonymous("c1"), "192.0.2.1"))
        .isEqualTo(Party.of(User.anonymous("c2"), "192.0.2.1"))
        .isNotEqualTo(Party.of(User.of("192.0.2.1"), null));
    assertThat(Party.of(User.anonymous("c1"), null)).isEqualTo(Party.UNKNOWN);
  }
}

package io.agentstream.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {

  private final AllowedHosts hosts =
      AllowedHosts.of("Chat.example.com", "localhost", "192.0.2.7", "[::1]");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chat.example.com",
        "CHAT.example.COM",
        "chat.example.com:443",
        "chat.example.com:",
        "localhost:8080",
        "192.0.2.7:8080",
        "[::1]",
        "[::1]:8080",
        "[0:0:0:0:0:0:0:1]:8080"
      })
  void a_listed_name_is_allowed_with_any_port(String host) {
    assertThat(hosts.allows(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "",
        " ",
        "chat.example.com.evil.example",
        "evil.chat.example.com",
        "chat.example.com.",
        "evil@chat.example.com",
        "chat.example.com/evil.example",
        "chat.example.com,evil.example",
        "chat.example.com evil.example",
        "chat.example.com:80:80",
        "chat.example.com:evil",
        "localhost\u0000",
        "localhost.evil.example:8080",
        "127.0.0.1",
        "192.0.2.70",
        "[::2]",
        "[::1",
        "::1",
        "[::1].evil.example",
        "[zzz]",
        "null"
      })
  void any_other_is_not(String host) {
    assertThat(hosts.allows(host)).isFalse();
  }

  @Test
  void a_client_without_a_host_is_no_browser_and_one_with_two_is_refused() {
    assertThat(hosts.allows(Handshake.none())).isTrue();
    assertThat(hosts.allows(with("localhost"))).isTrue();
    assertThat(hosts.allows(with("localhost", "localhost"))).isFalse();
    assertThat(hosts.allows(with("localhost", "evil.example"))).isFalse();
  }

  @Test
  void without_a_list_every_name_is_allowed() {
    assertThat(AllowedHosts.any().allows("evil.example")).isTrue();
    assertThat(AllowedHosts.any().allows(with("a", "b"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "",
        " ",
        "*.example.com",
        "https://chat.example.com",
        "chat.example.com:8080",
        "chat.example.com:",
        "chat.example.com/",
        "[::1]:8080",
        "::1",
        "münchen.example"
      })
  void what_is_no_bare_name_is_refused_in_a_list(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AllowedHosts.of(host))
        .withMessageContaining("'" + host + "'");
  }

  @Test
  void an_empty_list_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> AllowedHosts.of(List.of()));
  }

  private static Handshake with(String... hosts) {
    return new Handshake(Map.of("host", List.of(hosts)), false, null, null, null);
  }
}

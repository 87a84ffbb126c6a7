package io.agentstream.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, localhost:8080, false",
    "http://chat.example.com, chat.example.com, false",
    "http://chat.example.com, chat.example.com:80, false",
    "https://chat.example.com, chat.example.com, true",
    "https://chat.example.com, chat.example.com:443, true",
    "https://chat.example.com, chat.example.com, false",
    "https://Chat.Example.com, chat.example.COM, true",
    "http://127.0.0.1:8080, 127.0.0.1:8080, false",
    "http://[::1]:8080, [::1]:8080, false",
  })
  void the_servers_own_pages_are_allowed(String origin, String host, boolean secure) {
    assertThat(AllowedOrigins.same().allows(from(origin, host, secure))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://evil.example, chat.example.com, false",
    "http://localhost:8081, localhost:8080, false",
    "http://127.0.0.1:8080, localhost:8080, false",
    "https://chat.example.com:8443, chat.example.com, true",
    "http://chat.example.com, chat.example.com, true",
    "http://chat.example.com.evil.example, chat.example.com, false",
    "http://evil.example/chat.example.com, chat.example.com, false",
    "http://chat.example.com@evil.example, chat.example.com, false",
    "http://evil.example, evil.example@chat.example.com, false",
    "http://chat.example.com?, chat.example.com, false",
    "null, chat.example.com, false",
    "'', chat.example.com, false",
    "file://, chat.example.com, false",
    "file://chat.example.com, chat.example.com, false",
    "chrome-extension://abcdef, abcdef, false",
    "moz-extension://abcdef, abcdef, false",
    "ws://chat.example.com, chat.example.com, false",
    "app://chat.example.com, chat.example.com, true",
    "blob:http://chat.example.com/x, chat.example.com, false",
    "about:blank, chat.example.com, false",
    "//chat.example.com, chat.example.com, false",
    "http:chat.example.com, chat.example.com, false",
    "http://chat.example.com/, chat.example.com, false",
    "http://chat.example.com#x, chat.example.com, false",
    "http://chat.example.com http://evil.example, chat.example.com, false",
    "http://chat.example.com., chat.example.com, false",
    "chat.example.com, chat.example.com, false",
    "http://chat.example.com, 'chat example com', false",
  })
  void other_pages_are_not(String origin, String host, boolean secure) {
    assertThat(AllowedOrigins.same().allows(from(origin, host, secure))).isFalse();
  }

  @Test
  void a_client_without_an_origin_is_no_browser_and_is_allowed() {
    Handshake handshake = handshake(Map.of("Host", List.of("chat.example.com")), false);
    assertThat(AllowedOrigins.same().allows(handshake)).isTrue();
    assertThat(AllowedOrigins.of("https://a.example").allows(handshake)).isTrue();
    assertThat(AllowedOrigins.of("https://a.example").mayAllow(null)).isTrue();
  }

  @Test
  void two_origins_or_no_host_are_not_allowed() {
    String own = "http://chat.example.com";
    assertThat(
            AllowedOrigins.same()
                .allows(
                    handshake(
                        Map.of("Origin", List.of(own, own), "Host", List.of("chat.example.com")),
                        false)))
        .isFalse();
    assertThat(AllowedOrigins.same().allows(handshake(Map.of("Origin", List.of(own)), false)))
        .isFalse();
  }

  @Test
  void a_list_takes_the_place_of_the_servers_own_origin() {
    AllowedOrigins listed = AllowedOrigins.of("https://A.example", "http://localhost:8080");
    assertThat(listed.allows(from("https://a.example", "b.example", false))).isTrue();
    assertThat(listed.allows(from("http://localhost:8080", "b.example", false))).isTrue();
    assertThat(listed.allows(from("https://b.example", "b.example", false))).isFalse();
    assertThat(listed.mayAllow("https://a.example")).isTrue();
    assertThat(listed.mayAllow("https://a.example:8443")).isFalse();
    assertThat(listed.mayAllow("http://a.example")).isFalse();
    assertThat(listed.mayAllow("null")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "",
        "a.example",
        "https://*.example",
        "https://a.example/",
        "https://a.example/chat",
        "https://a.example?x",
        "https://u@a.example",
        "https://a.example:443",
        "http://a.example:80",
        "null"
      })
  void what_no_browser_sends_is_refused_in_a_list(String origin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AllowedOrigins.of(origin))
        .withMessageContaining("'" + origin + "'");
  }

  @Test
  void an_empty_list_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> AllowedOrigins.of(List.of()));
  }

  private static Handshake from(String origin, String host, boolean secure) {
    return handshake(Map.of("origin", List.of(origin), "HOST", List.of(host)), secure);
  }

  private static Handshake handshake(Map<String, List<String>> headers, boolean secure) {
    return new Handshake(headers, secure, null, null, null);
  }
}

package io.agentstream.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandshakeTest {

  private final Handshake handshake =
      new Handshake(
          Map.of(
              "cookie", List.of("a=1; session=c2VjcmV0==", "b=2"),
              "AUTHORIZATION", List.of("Bearer top"),
              "x-empty", List.of()),
          true,
          "192.0.2.7",
          null,
          "agentstream.v1");

  @Test
  void headers_are_found_in_whatever_case() {
    assertThat(handshake.header("Authorization")).isEqualTo("Bearer top");
    assertThat(handshake.header("X-Empty")).isNull();
    assertThat(handshake.header("X-Missing")).isNull();
  }

  @Test
  void cookies_are_found_by_name_over_all_cookie_headers() {
    assertThat(handshake.cookie("session")).isEqualTo("c2VjcmV0==");
    assertThat(handshake.cookie("b")).isEqualTo("2");
    assertThat(handshake.cookie("Session")).isNull();
  }

  @Test
  void its_text_shows_no_header() {
    assertThat(handshake.toString()).contains("192.0.2.7").doesNotContain("top", "c2VjcmV0");
  }
}

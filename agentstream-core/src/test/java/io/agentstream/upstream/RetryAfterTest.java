package io.agentstream.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @Test
  void seconds_are_taken_as_they_are() {
    assertThat(parse(" 7 ")).isEqualTo(Duration.ofSeconds(7));
    assertThat(parse("0")).isEqualTo(Duration.ZERO);
    assertThat(parse("2.5")).isEqualTo(Duration.ofMillis(2_500));
    assertThat(parse("7s")).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void milliseconds_count_before_seconds() {
    HttpHeaders headers =
        HttpHeaders.of(
            Map.of("retry-after-ms", List.of("1250.5"), "Retry-After", List.of("7")),
            (name, value) -> true);
    assertThat(RetryAfter.parse(headers, NOW)).isEqualTo(Duration.ofMillis(1_251));
  }

  @Test
  void azure_has_a_name_of_its_own_for_milliseconds() {
    HttpHeaders headers =
        HttpHeaders.of(Map.of("x-ms-retry-after-ms", List.of("250")), (name, value) -> true);
    assertThat(RetryAfter.parse(headers, NOW)).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void a_date_counts_from_the_clock() {
    assertThat(parse("Mon, 23 Nov 2026 12:01:30 GMT")).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void a_date_that_has_passed_is_zero() {
    assertThat(parse("Mon, 23 Nov 2026 11:00:00 GMT")).isEqualTo(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"9999999999", "Fri, 31 Dec 9999 23:59:59 GMT"})
  void a_wait_without_end_is_the_longest_there_is(String header) {
    assertThat(parse(header)).isEqualTo(Duration.ofSeconds(Integer.MAX_VALUE));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "soon", "-1", "1.5.2", "99999999999999999999", "23 Nov 2026"})
  void anything_else_is_unknown(@Nullable String header) {
    assertThat(parse(header)).isNull();
  }

  private static @Nullable Duration parse(@Nullable String header) {
    return RetryAfter.parse(header, NOW);
  }
}

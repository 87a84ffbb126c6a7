package io.agentstream.upstream;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads the {@code Retry-After} header of RFC 9110: seconds, or an IMF-fixdate. */
final class RetryAfter {

  /** Keeps the result in the range of {@link Duration#toNanos} ("retry in the year 9999"). */
  private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

  private RetryAfter() {}

  static @Nullable Duration parse(HttpHeaders headers, Instant now) {
    return parse(headers.firstValue("Retry-After").orElse(null), now);
  }

  /** Null if there is no header or it is neither of the two; never negative. */
  static @Nullable Duration parse(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    String value = header.trim();
    return isNumber(value) ? seconds(value) : date(value, now);
  }

  private static boolean isNumber(String value) {
    return !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static @Nullable Duration seconds(String value) {
    try {
      return bounded(Duration.ofSeconds(Long.parseLong(value)));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Duration date(String value, Instant now) {
    try {
      Instant then = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
      return bounded(Duration.between(now, then));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}

package io.agentstream.upstream;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads when a server asks to come back: {@code retry-after-ms}, or the {@code Retry-After} of RFC
 * 9110 as seconds, also with a fraction, or as an IMF-fixdate.
 */
final class RetryAfter {

  /**
   * Keeps the result in the range of {@link Duration#toNanos}, even for a date in the year 9999.
   */
  private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?");

  private RetryAfter() {}

  static @Nullable Duration parse(HttpHeaders headers, Instant now) {
    String millis = headers.firstValue("retry-after-ms").map(String::trim).orElse("");
    return NUMBER.matcher(millis).matches()
        ? millis(Double.parseDouble(millis))
        : parse(headers.firstValue("Retry-After").orElse(null), now);
  }

  /** Returns null if there is no header or it has none of these forms; never negative. */
  static @Nullable Duration parse(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    String value = header.trim();
    return NUMBER.matcher(value).matches()
        ? millis(Double.parseDouble(value) * 1000)
        : date(value, now);
  }

  private static Duration millis(double millis) {
    return Duration.ofMillis((long) Math.ceil(Math.min(millis, (double) LONGEST.toMillis())));
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

package io.agentstream.upstream;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads when a server asks to come back: {@code retry-after-ms}, also as Azure's {@code
 * x-ms-retry-after-ms}, or the {@code Retry-After} of RFC 9110 as seconds, also with a fraction, or
 * as an IMF-fixdate. Without such a header, the body may say it: Gemini's {@code retryDelay}, or
 * "Please try again in 7.66s".
 */
final class RetryAfter {

  /**
   * Keeps the result in the range of {@link Duration#toNanos}, even for a date in the year 9999.
   */
  private static final Duration LONGEST = Duration.ofSeconds(Integer.MAX_VALUE);

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?");

  private static final Pattern IN_BODY =
      Pattern.compile(
          "(?:\"retryDelay\"\\s*:\\s*\"|\\b(?:try again|retry) (?:in|after) )"
              + "(?:(\\d{1,4})m)?(\\d{1,9}(?:\\.\\d{1,9})?) ?(ms|s|seconds?)\\b",
          Pattern.CASE_INSENSITIVE);

  private RetryAfter() {}

  /** Reads the headers; if they say nothing, the body. */
  static @Nullable Duration parse(HttpHeaders headers, String body, Instant now) {
    Duration header = parse(headers, now);
    return header == null ? inBody(body) : header;
  }

  private static @Nullable Duration inBody(String body) {
    Matcher found = IN_BODY.matcher(body);
    if (!found.find()) {
      return null;
    }
    double minutes = found.group(1) == null ? 0 : Double.parseDouble(found.group(1));
    double unit = found.group(3).equalsIgnoreCase("ms") ? 1 : 1000;
    return millis(minutes * 60_000 + Double.parseDouble(found.group(2)) * unit);
  }

  static @Nullable Duration parse(HttpHeaders headers, Instant now) {
    String millis =
        headers
            .firstValue("retry-after-ms")
            .or(() -> headers.firstValue("x-ms-retry-after-ms"))
            .map(String::trim)
            .orElse("");
    return NUMBER.matcher(millis).matches()
        ? millis(Double.parseDouble(millis))
        : parse(headers.firstValue("Retry-After").orElse(null), now);
  }

  /** Returns null if there is no header or it has none of these forms; never negative. */
  static @Nullable Duration parse(@Nullable String header, Instant now) {
    if (header == null) {
      return null;
    }
    // Some servers write the unit.
    String value = header.trim().replaceFirst("(?<=\\d)\\s?s\\z", "");
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

package io.agentstream.wire.internal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes times as all frames have them: in UTC, with milliseconds. */
final class Timestamp {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Later times cannot be written in this form; {@code Instant.MAX} means never. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Timestamp() {}

  /**
   * Returns a time as text.
   *
   * @param millis the time in milliseconds since 1970
   */
  static String of(long millis) {
    return of(Instant.ofEpochMilli(millis));
  }

  static String of(Instant time) {
    return FORMAT.format(time.isAfter(LATEST) ? LATEST : time);
  }
}

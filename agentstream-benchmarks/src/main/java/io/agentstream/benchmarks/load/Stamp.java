package io.agentstream.benchmarks.load;

import java.nio.charset.StandardCharsets;

/**
 * A token that contains the time at which it was written: seven ASCII characters, which are six
 * digits of base 36 and a space. {@link System#nanoTime} has one origin for all processes of a
 * machine on Linux.
 */
final class Stamp {

  static final int LENGTH = 7;

  private static final int RADIX = 36;
  private static final long MODULUS = (long) Math.pow(RADIX, LENGTH - 1);
  private static final byte[] DIGITS =
      "0123456789abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII);

  private Stamp() {}

  static long now() {
    return Math.floorMod(System.nanoTime() / 1_000, MODULUS);
  }

  /** Returns the time, or the microsecond after the last stamp if that is not past. */
  static long nowOrAfter(long last) {
    long now = now();
    return isLater(now, last) ? now : Math.floorMod(last + 1, MODULUS);
  }

  /** Writes a stamp of this time, a result of {@link #now}. */
  static void write(long micros, byte[] target, int from) {
    long rest = micros;
    for (int i = LENGTH - 2; i >= 0; i--) {
      target[from + i] = DIGITS[(int) (rest % RADIX)];
      rest /= RADIX;
    }
    target[from + LENGTH - 1] = ' ';
  }

  /** Returns the microseconds since this stamp; -1 if the text is not a stamp. */
  static long age(byte[] source, int from) {
    long written = read(source, from);
    return written < 0 ? -1 : Math.floorMod(now() - written, MODULUS);
  }

  /** Returns true if a stamp was written after another one. Stamps begin again after 36 minutes. */
  static boolean isLater(long stamp, long than) {
    long after = Math.floorMod(stamp - than, MODULUS);
    return after > 0 && after < MODULUS / 2;
  }

  /** Returns the time that a stamp contains; -1 if the text is not a stamp. */
  static long read(byte[] source, int from) {
    long written = 0;
    for (int i = 0; i < LENGTH - 1; i++) {
      int digit = Character.digit(source[from + i], RADIX);
      if (digit < 0) {
        return -1;
      }
      written = written * RADIX + digit;
    }
    return written;
  }
}

package io.agentstream.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Makes ids for tool calls that came without one, and plain ids in place of others: nine letters
 * and digits, since some servers take no others. Thread-safe.
 */
final class ToolCallIds {

  private static final int MOST = 100_000_000;

  private final AtomicInteger last = new AtomicInteger();

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9]{9}");

  static boolean isPlain(String id) {
    return PLAIN.matcher(id).matches();
  }

  /** Returns {@code id} if it is plain, otherwise a plain one that is always the same for it. */
  static String plain(String id) {
    if (isPlain(id)) {
      return id;
    }
    long hash = UUID.nameUUIDFromBytes(id.getBytes(UTF_8)).getLeastSignificantBits();
    String digits = Long.toUnsignedString(hash, 36);
    return "000000000".concat(digits).substring(digits.length());
  }

  String next() {
    return "c%08d".formatted(Math.floorMod(last.incrementAndGet(), MOST));
  }
}

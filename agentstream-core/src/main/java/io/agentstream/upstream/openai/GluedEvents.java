package io.agentstream.upstream.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Separates events that a proxy has joined: {@code {…}{…}}, {@code {…},{…}} or {@code {…}data:
 * {…}}.
 */
final class GluedEvents {

  private static final byte[] DATA = "data:".getBytes(US_ASCII);

  private GluedEvents() {}

  /** Returns the position after the separator, where the next event may begin. */
  static int next(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      int end = at + DATA.length;
      if (bytes[at] == ',' || bytes[at] == ' ' || bytes[at] == '\n') {
        at++;
      } else if (end <= to && Arrays.equals(bytes, at, end, DATA, 0, DATA.length)) {
        at = end;
      } else {
        return at;
      }
    }
    return at;
  }
}

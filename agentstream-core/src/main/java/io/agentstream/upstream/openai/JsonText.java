package io.agentstream.upstream.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** A JSON string within a chunk's bytes, which is decoded on request. */
final class JsonText {

  private byte[] bytes = {};
  private int from;
  private int to;
  private boolean escaped;

  void clear() {
    from = 0;
    to = 0;
  }

  void set(byte[] bytes, int from, int to, boolean escaped) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
    this.escaped = escaped;
  }

  boolean isEmpty() {
    return from == to;
  }

  /** Returns the text; null if it has an escape that JSON does not know. */
  @Nullable String decode() {
    if (!escaped || isEmpty()) {
      return new String(bytes, from, to - from, UTF_8);
    }
    StringBuilder text = new StringBuilder(to - from);
    int plain = from;
    int at = from;
    while (at < to) {
      if (bytes[at] != '\\') {
        at++;
        continue;
      }
      text.append(new String(bytes, plain, at - plain, UTF_8));
      int size = escape(at + 1, text);
      if (size == 0) {
        return null;
      }
      at += 1 + size;
      plain = at;
    }
    return text.append(new String(bytes, plain, to - plain, UTF_8)).toString();
  }

  /** Appends the character of an escape; returns how many bytes follow the backslash, 0 if none. */
  private int escape(int at, StringBuilder text) {
    if (at >= to) {
      return 0;
    }
    int index = "\"\\/bfnrt".indexOf(bytes[at]);
    if (index >= 0) {
      text.append("\"\\/\b\f\n\r\t".charAt(index));
      return 1;
    }
    if (bytes[at] != 'u' || at + 4 >= to) {
      return 0;
    }
    int c = 0;
    for (int i = 1; i <= 4; i++) {
      int digit = Character.digit(bytes[at + i], 16);
      if (digit < 0) {
        return 0;
      }
      c = c * 16 + digit;
    }
    // It may be half of a surrogate pair, whose other half is in the next escape or chunk.
    text.append((char) c);
    return 5;
  }
}

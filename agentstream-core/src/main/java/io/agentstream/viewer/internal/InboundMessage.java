package io.agentstream.viewer.internal;

import org.jspecify.annotations.Nullable;

/**
 * Assembles the parts of a message, up to a bound. Data beyond the bound is dropped on arrival, so
 * that a message of any length needs no more memory than an allowed one.
 *
 * <p>Used by the thread that reads the socket.
 */
final class InboundMessage {

  private final int maxBytes;
  private final StringBuilder text = new StringBuilder();
  private long bytes;

  InboundMessage(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  void add(String part) {
    bytes += utf8Length(part);
    if (bytes <= maxBytes) {
      text.append(part);
    }
  }

  /** Ends the message and returns it; null if it exceeded the bound. */
  @Nullable String finish() {
    String message = bytes <= maxBytes ? text.toString() : null;
    bytes = 0;
    text.setLength(0);
    return message;
  }

  private static long utf8Length(String part) {
    long length = 0;
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      // Each half of a surrogate pair counts as two bytes, because the pair takes four.
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return length;
  }
}

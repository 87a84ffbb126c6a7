package io.agentstream.upstream;

/**
 * Detects when a growing text is a whole JSON object or array, by its brackets only. Reads each
 * byte once. Not thread-safe.
 */
final class JsonDepth {

  private int read;
  private int depth;
  private boolean inString;
  private boolean escaped;
  private boolean whole;

  static boolean opens(byte first) {
    return first == '{' || first == '[';
  }

  /** Returns where the first object or array in the bytes ends; {@code to} if none does. */
  static int firstEnd(byte[] bytes, int from, int to) {
    if (from >= to || !opens(bytes[from])) {
      return to;
    }
    JsonDepth depth = new JsonDepth();
    for (int at = from; at < to; at++) {
      depth.take(bytes[at]);
      if (depth.whole) {
        return at + 1;
      }
    }
    return to;
  }

  void reset() {
    read = 0;
    depth = 0;
    inString = false;
    escaped = false;
    whole = false;
  }

  /** Reads on to {@code end}; returns whether the brackets are closed there. */
  boolean isWhole(byte[] bytes, int end) {
    while (read < end) {
      take(bytes[read++]);
    }
    return whole;
  }

  private void take(byte b) {
    if (inString) {
      if (escaped) {
        escaped = false;
      } else if (b == '\\') {
        escaped = true;
      } else {
        inString = b != '"';
      }
    } else if (b == '"') {
      inString = true;
    } else if (b == '{' || b == '[') {
      depth++;
      whole = false;
    } else if (b == '}' || b == ']') {
      depth--;
      whole = depth <= 0;
    }
  }
}

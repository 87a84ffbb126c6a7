package io.agentstream.benchmarks.load;

import java.nio.charset.StandardCharsets;

/** The protocol of a server: the first message to it, and the position of a token in its frames. */
enum ServerKind {
  /** This project's protocol. */
  AGENTSTREAM {
    @Override
    String start(int tokens, int intervalMillis) {
      return "{\"type\":\"start_conversation\",\"data\":{\"topic\":\""
          + order(tokens, intervalMillis)
          + "\",\"max_rounds\":1}}";
    }

    @Override
    String subprotocol() {
      return "agentstream.v1";
    }
  },
  /** A typical hand-written protocol: the request itself, answered by a frame for each token. */
  BY_HAND {
    @Override
    String start(int tokens, int intervalMillis) {
      return order(tokens, intervalMillis);
    }

    @Override
    String subprotocol() {
      return "";
    }
  };

  private static final byte[] TOKEN_FRAME = bytes("{\"type\":\"streaming_token\"");
  private static final byte[] TOKEN_FIELD = bytes("\"token\":\"");
  private static final byte[] END_FRAME = bytes("{\"type\":\"conversation_ended\"");
  private static final byte[] PING_FRAME = bytes("{\"type\":\"ping\"");
  private static final byte[] ACCEPTED_FRAME = bytes("{\"type\":\"accepted\"");

  private static final byte[] SNAPSHOT_FRAME = bytes("{\"type\":\"snapshot\"");

  abstract String start(int tokens, int intervalMillis);

  /** The subprotocol offered in the handshake; empty for none. */
  abstract String subprotocol();

  private static String order(int tokens, int intervalMillis) {
    return "tokens=" + tokens + " interval=" + intervalMillis;
  }

  static boolean isToken(byte[] frame, int from, int length) {
    return startsWith(frame, from, length, TOKEN_FRAME);
  }

  static boolean isEnd(byte[] frame, int from, int length) {
    return startsWith(frame, from, length, END_FRAME);
  }

  static boolean isPing(byte[] frame, int from, int length) {
    return startsWith(frame, from, length, PING_FRAME);
  }

  static boolean isAccepted(byte[] frame, int from, int length) {
    return startsWith(frame, from, length, ACCEPTED_FRAME);
  }

  static boolean isSnapshot(byte[] frame, int from, int length) {
    return startsWith(frame, from, length, SNAPSHOT_FRAME);
  }

  /** Returns the index at which a token frame's text begins. */
  static int textOf(byte[] frame, int from, int length) {
    int last = from + length - TOKEN_FIELD.length;
    for (int i = from + TOKEN_FRAME.length; i <= last; i++) {
      if (frame[i] == '"' && matches(frame, i, TOKEN_FIELD)) {
        return i + TOKEN_FIELD.length;
      }
    }
    throw new IllegalStateException(
        "No token in " + new String(frame, from, length, StandardCharsets.UTF_8));
  }

  private static boolean startsWith(byte[] frame, int from, int length, byte[] prefix) {
    return length >= prefix.length && matches(frame, from, prefix);
  }

  private static boolean matches(byte[] frame, int from, byte[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (frame[from + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

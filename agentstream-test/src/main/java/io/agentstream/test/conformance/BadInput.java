package io.agentstream.test.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.Consumer;

/**
 * Something that no client should send.
 *
 * @param name tells it from all others
 * @param expected what the server has to do
 * @param sending how it is sent
 */
record BadInput(String name, Expected expected, Consumer<WebSocketLine> sending) {

  /** What the server has to do; in every case nobody else notices. */
  enum Expected {
    /** Answer with an error and stay. */
    REFUSED,
    /** Answer with an error and stay, or close, as the WebSocket protocol has it. */
    REFUSED_OR_CLOSED,
    /** Stay; whether it answers with an error is its own choice. */
    HARMLESS
  }

  /** A text message that is refused. */
  static BadInput refused(String message) {
    return new BadInput(message, Expected.REFUSED, line -> line.sendText(message));
  }

  /** A text message in whose meaning implementations of JSON differ. */
  static BadInput harmless(String message) {
    return new BadInput(message, Expected.HARMLESS, line -> line.sendText(message));
  }

  /** A message in frames of its own. */
  static BadInput frames(String name, Expected expected, List<byte[]> parts, int opcode) {
    return new BadInput(
        name,
        expected,
        line -> {
          for (int i = 0; i < parts.size(); i++) {
            int code = i == 0 ? opcode : WebSocketLine.CONTINUATION;
            line.sendFrame(i == parts.size() - 1, code, parts.get(i));
          }
        });
  }

  /** Bytes that are no valid WebSocket traffic. */
  static BadInput raw(String name, byte[] bytes) {
    return new BadInput(name, Expected.REFUSED_OR_CLOSED, line -> line.sendRaw(bytes));
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}

package io.agentstream.test.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.Consumer;

/**
 * An invalid input, which no client should send.
 *
 * @param name its unique name
 * @param expected the server's required reaction
 * @param sending the action that sends it
 */
record BadInput(String name, Expected expected, Consumer<WebSocketLine> sending) {

  /** The server's required reaction. In every case nobody else is affected. */
  enum Expected {
    /** Reply with an error and keep the connection open. */
    REFUSED,
    /**
     * Reply with an error and keep the connection open, or close it as the WebSocket protocol
     * requires.
     */
    REFUSED_OR_CLOSED,
    /** Keep the connection open; an error as reply is optional. */
    HARMLESS
  }

  /** Returns a text message that is refused. */
  static BadInput refused(String message) {
    return new BadInput(message, Expected.REFUSED, line -> line.sendText(message));
  }

  /** Returns a text message that JSON implementations interpret differently. */
  static BadInput harmless(String message) {
    return new BadInput(message, Expected.HARMLESS, line -> line.sendText(message));
  }

  /** Returns a message with its own frames. */
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

  /** Returns bytes that are not valid WebSocket traffic. */
  static BadInput raw(String name, byte[] bytes) {
    return new BadInput(name, Expected.REFUSED_OR_CLOSED, line -> line.sendRaw(bytes));
  }

  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }
}

package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One stream of server-sent events, read with as little work as possible. */
final class EventReader {

  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

  private final Inbound inbound;

  private EventReader(Inbound inbound) {
    this.inbound = inbound;
  }

  /** Asks for a conversation's events, from the first on; {@code selector} reports them. */
  static void open(int port, String conversationId, Selector selector) throws IOException {
    Inbound inbound = Inbound.connect(port);
    inbound.channel().register(selector, SelectionKey.OP_READ, new EventReader(inbound));
    String request =
        "GET /api/conversations/"
            + conversationId
            + "/events?after=1-0 HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\n\r\n";
    inbound.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
  }

  /**
   * Reads what has come, and counts its whole lines. The server writes an event as one chunk, so no
   * chunk begins within a line.
   *
   * @return true if the conversation has ended
   */
  boolean read(ByteBuffer from, Tally tally) throws IOException {
    inbound.receive(from);
    int at = 0;
    boolean ended = false;
    for (int i = 0; i < inbound.filled(); i++) {
      if (inbound.buffer()[i] == '\n') {
        ended |= line(inbound.buffer(), at, i - at, tally);
        at = i + 1;
      }
    }
    inbound.drop(at);
    return ended;
  }

  private static boolean line(byte[] buffer, int from, int length, Tally tally) {
    if (length < DATA.length
        || !Arrays.equals(buffer, from, from + DATA.length, DATA, 0, DATA.length)) {
      return false;
    }
    int frame = from + DATA.length;
    int rest = length - DATA.length;
    if (ServerKind.isToken(buffer, frame, rest)) {
      tally.frame(length);
      for (int at = ServerKind.textOf(buffer, frame, rest); buffer[at] != '"'; at += Stamp.LENGTH) {
        tally.token(Stamp.age(buffer, at));
      }
    }
    if (ServerKind.isSnapshot(buffer, frame, rest)) {
      tally.snapshot(length);
    }
    return ServerKind.isEnd(buffer, frame, rest);
  }
}

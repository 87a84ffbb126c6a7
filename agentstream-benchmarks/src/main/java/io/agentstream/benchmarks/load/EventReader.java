package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One stream of server-sent events, read with as little work as possible. */
final class EventReader {

  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private byte[] buffer = new byte[512];
  private int filled;

  private EventReader(SocketChannel channel) {
    this.channel = channel;
  }

  /** Asks for a conversation's events, from the first on; {@code selector} reports them. */
  static EventReader open(int port, String conversationId, Selector selector) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.socket().setTcpNoDelay(true);
    channel.configureBlocking(false);
    EventReader reader = new EventReader(channel);
    channel.register(selector, SelectionKey.OP_READ, reader);
    ByteBuffer request =
        ByteBuffer.wrap(
            ("GET /api/conversations/"
                    + conversationId
                    + "/events?after=1-0 HTTP/1.1\r\nHost: 127.0.0.1:"
                    + port
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    while (request.hasRemaining()) {
      channel.write(request);
    }
    return reader;
  }

  /**
   * Reads what has come, and counts its whole lines.
   *
   * @return true if the conversation has ended
   */
  boolean read(ByteBuffer from, Tally tally) throws IOException {
    from.clear();
    int count = channel.read(from);
    if (count < 0) {
      throw new IOException("closed by the server");
    }
    from.flip();
    if (filled + count > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(filled + count, 2 * buffer.length));
    }
    from.get(buffer, filled, count);
    filled += count;
    return lines(tally);
  }

  /** The server writes an event as one chunk, so no chunk begins within a line. */
  private boolean lines(Tally tally) {
    int at = 0;
    boolean ended = false;
    for (int i = 0; i < filled; i++) {
      if (buffer[i] == '\n') {
        ended |= line(at, i - at, tally);
        at = i + 1;
      }
    }
    System.arraycopy(buffer, at, buffer, 0, filled - at);
    filled -= at;
    return ended;
  }

  private boolean line(int from, int length, Tally tally) {
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

package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/** A connection to a server of this machine, and the bytes from it that are not read yet. */
final class Inbound {

  private final SocketChannel channel;
  private byte[] buffer = new byte[512];
  private int filled;

  private Inbound(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects; reading and writing do not block. */
  static Inbound connect(int port) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.socket().setTcpNoDelay(true);
    channel.configureBlocking(false);
    return new Inbound(channel);
  }

  SocketChannel channel() {
    return channel;
  }

  /** Returns the bytes, of which the first {@link #filled} are in use. */
  byte[] buffer() {
    return buffer;
  }

  int filled() {
    return filled;
  }

  /** Adds what has come, by way of a direct buffer that is shared. */
  void receive(ByteBuffer shared) throws IOException {
    shared.clear();
    int count = channel.read(shared);
    if (count < 0) {
      throw new IOException("closed by the server");
    }
    shared.flip();
    int needed = filled + count;
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(needed, 2 * buffer.length));
    }
    shared.get(buffer, filled, count);
    filled = needed;
  }

  /** Forgets the bytes before this place. */
  void drop(int end) {
    System.arraycopy(buffer, end, buffer, 0, filled - end);
    filled -= end;
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}

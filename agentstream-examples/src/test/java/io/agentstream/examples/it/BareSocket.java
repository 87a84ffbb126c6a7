package io.agentstream.examples.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A connection on which an attacker writes what it likes and reads nothing. */
final class BareSocket implements AutoCloseable {

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;

  private final Socket socket;

  private BareSocket(Socket socket) {
    this.socket = socket;
  }

  static BareSocket connect(int port) throws IOException {
    return new BareSocket(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  /** Makes it a WebSocket; does not wait for the answer. */
  BareSocket upgrade(int port, String token) {
    trySend(
        "GET /ws HTTP/1.1\r\nHost: localhost:"
            + port
            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: agentstream.v1\r\nAuthorization: Bearer "
            + token
            + "\r\n\r\n");
    return this;
  }

  /** Frames without payload; data frames are never the last of their message. */
  static byte[] frames(int opcode, int count) {
    int first = opcode == PING || opcode == PONG ? FIN | opcode : opcode;
    ByteBuffer frames = ByteBuffer.allocate(6 * count);
    for (int i = 0; i < count; i++) {
      frames.put((byte) first).put((byte) MASKED).putInt(0);
    }
    return frames.array();
  }

  boolean trySend(String text) {
    return trySend(text.getBytes(ISO_8859_1));
  }

  /** Returns false if the server has closed the connection. */
  boolean trySend(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

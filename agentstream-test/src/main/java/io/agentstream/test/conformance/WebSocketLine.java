package io.agentstream.test.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket connection on a plain socket. It can send data that no client library would send, and
 * reads only on request. Used by one thread.
 */
final class WebSocketLine implements Line {

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int PATIENCE_MILLIS = 60_000;
  private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAA==";
  private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};

  private final Socket socket;
  private final DataInputStream in;

  private WebSocketLine(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 4096));
  }

  /**
   * Connects.
   *
   * @param subprotocol the subprotocol to offer, or null
   * @param receiveBuffer the size of the socket's receive buffer in bytes; 0 for the default
   */
  static WebSocketLine open(URI server, @Nullable String subprotocol, int receiveBuffer) {
    boolean secure = "wss".equals(server.getScheme());
    try {
      Socket socket = secure ? SSLSocketFactory.getDefault().createSocket() : new Socket();
      if (receiveBuffer > 0) {
        socket.setReceiveBufferSize(receiveBuffer);
      }
      int port = server.getPort() >= 0 ? server.getPort() : secure ? 443 : 80;
      socket.connect(new InetSocketAddress(server.getHost(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      WebSocketLine line = new WebSocketLine(socket);
      line.shakeHands(server, subprotocol);
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot connect to " + server, e);
    }
  }

  private void shakeHands(URI server, @Nullable String subprotocol) throws IOException {
    String path = server.getRawPath().isEmpty() ? "/" : server.getRawPath();
    String query = server.getRawQuery() == null ? "" : "?" + server.getRawQuery();
    String request =
        "GET "
            + path
            + query
            + " HTTP/1.1\r\nHost: "
            + server.getAuthority()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: "
            + KEY
            + (subprotocol == null ? "" : "\r\nSec-WebSocket-Protocol: " + subprotocol)
            + "\r\n\r\n";
    sendRaw(request.getBytes(ISO_8859_1));
    String status = headerLine();
    if (!status.contains(" 101 ")) {
      throw new AssertionError("The server refused the WebSocket: " + status);
    }
    while (!headerLine().isEmpty()) {
      // The other headers of the response do not matter here.
    }
  }

  private String headerLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("The connection broke during the handshake");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** Sends a text message in one frame. */
  @Override
  public void sendText(String text) {
    sendFrame(true, TEXT, text.getBytes(UTF_8));
  }

  /** Sends one frame, masked as a client must. */
  void sendFrame(boolean last, int opcode, byte[] payload) {
    byte[] head = head((last ? 0x80 : 0) | opcode, payload.length, 0x80);
    ByteBuffer frame = ByteBuffer.allocate(head.length + 4 + payload.length);
    frame.put(head).put(MASK);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ MASK[i % 4]));
    }
    sendRaw(frame.array());
  }

  /** The first bytes of a frame; {@code maskBit} is 0x80 for masked frames, else 0. */
  static byte[] head(int first, int length, int maskBit) {
    if (length < 126) {
      return new byte[] {(byte) first, (byte) (maskBit | length)};
    }
    if (length < 0x10000) {
      ByteBuffer head = ByteBuffer.allocate(4).put((byte) first).put((byte) (maskBit | 126));
      return head.putShort((short) length).array();
    }
    ByteBuffer head = ByteBuffer.allocate(10).put((byte) first).put((byte) (maskBit | 127));
    return head.putLong(length).array();
  }

  /**
   * Sends raw bytes.
   *
   * @throws LineClosedException if the connection is over
   */
  void sendRaw(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw closed(e);
    }
  }

  /**
   * Waits for the next text message.
   *
   * @throws LineClosedException if the connection is over
   * @throws AssertionError if no message arrives within a minute
   */
  @Override
  public String read() {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    try {
      while (true) {
        int first = in.readUnsignedByte();
        byte[] payload = new byte[length(in.readUnsignedByte())];
        in.readFully(payload);
        switch (first & 0x0f) {
          case PING -> sendFrame(true, PONG, payload);
          case PONG -> {}
          case CLOSE -> throw closed(payload);
          default -> {
            message.write(payload);
            if ((first & 0x80) != 0) {
              return message.toString(UTF_8);
            }
          }
        }
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("Nothing came for " + PATIENCE_MILLIS / 1000 + " seconds", e);
    } catch (IOException e) {
      throw closed(e);
    }
  }

  private int length(int second) throws IOException {
    int length = second & 0x7f;
    if (length == 126) {
      return in.readUnsignedShort();
    }
    return length == 127 ? Math.toIntExact(in.readLong()) : length;
  }

  private static LineClosedException closed(byte[] payload) {
    if (payload.length < 2) {
      return new LineClosedException(1005, "");
    }
    int code = ByteBuffer.wrap(payload).getShort() & 0xffff;
    return new LineClosedException(code, new String(payload, 2, payload.length - 2, UTF_8));
  }

  private static LineClosedException closed(IOException cause) {
    return new LineClosedException(
        LineClosedException.NO_CLOSE_FRAME, cause.getClass().getSimpleName());
  }

  /** Cuts the connection as a broken network does: the server gets a reset. */
  @Override
  public void reset() {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException alreadyClosed) {
      return;
    }
    close();
  }

  /** Ends the connection without a close frame. */
  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.agentstream.jakarta;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A viewer on a plain socket: it offers what the JDK's client cannot, and one that does not read
 * costs the test no memory.
 */
final class BareViewer implements AutoCloseable {

  private static final int RECEIVE_BUFFER = 4_096;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int TEXT = 0x81;
  private static final int MASKED = 0x80;
  private static final int LENGTH_IN_TWO_BYTES = 126;
  private static final int LENGTH_IN_EIGHT_BYTES = 127;

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final List<String> handshake = new ArrayList<>();

  /**
   * @param headers more lines of the handshake
   */
  BareViewer(URI endpoint, String... headers) throws IOException {
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
    this.in = new DataInputStream(socket.getInputStream());
    List<String> lines = new ArrayList<>();
    lines.add("GET " + endpoint.getPath() + " HTTP/1.1");
    lines.add("Host: " + endpoint.getAuthority());
    lines.add("Upgrade: websocket");
    lines.add("Connection: Upgrade");
    lines.add("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    lines.add("Sec-WebSocket-Version: 13");
    lines.add("Sec-WebSocket-Protocol: agentstream.v1");
    lines.addAll(List.of(headers));
    write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(US_ASCII));
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      handshake.add(line);
    }
  }

  /** The status line of the server's answer. */
  String status() {
    return handshake.get(0);
  }

  /** The lines of the server's answer that begin with this name. */
  Stream<String> headers(String name) {
    return handshake.stream()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1));
  }

  /** Reads one text frame and returns what it holds. */
  String next() throws IOException {
    int first = in.readUnsignedByte();
    if (first != TEXT) {
      throw new AssertionError("Not a plain text frame: 0x" + Integer.toHexString(first));
    }
    byte[] payload = new byte[length(in.readUnsignedByte())];
    in.readFully(payload);
    return new String(payload, UTF_8);
  }

  private int length(int second) throws IOException {
    return switch (second) {
      case LENGTH_IN_TWO_BYTES -> in.readUnsignedShort();
      case LENGTH_IN_EIGHT_BYTES -> Math.toIntExact(in.readLong());
      default -> second;
    };
  }

  /** Sends a text of less than 126 bytes; the mask is all zeros, which leaves it as it is. */
  void send(String text) throws IOException {
    byte[] payload = text.getBytes(UTF_8);
    byte[] frame = new byte[6 + payload.length];
    frame[0] = (byte) TEXT;
    frame[1] = (byte) (MASKED | payload.length);
    System.arraycopy(payload, 0, frame, 6, payload.length);
    write(frame);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}

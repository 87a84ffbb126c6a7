package io.agentstream.examples.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.agentstream.examples.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A reference server in this process, and what a client on a bare socket gets from it. */
final class RunningServer implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final EmbeddedServer server;
  private final int port;

  private RunningServer(EmbeddedServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /** With the demo model. */
  static RunningServer with(String config, String... args) throws ConfigException, IOException {
    Path file = Files.createTempFile("agentstream", ".json");
    try {
      Files.writeString(file, config);
      List<String> all = new ArrayList<>(List.of("--config", file.toString()));
      all.addAll(List.of(args));
      EmbeddedServer server = EmbeddedServer.configured(Map.of(), all.toArray(String[]::new));
      return new RunningServer(server, server.port());
    } finally {
      Files.delete(file);
    }
  }

  int port() {
    return port;
  }

  /** The same server on another port of it. */
  RunningServer on(int otherPort) {
    return new RunningServer(server, otherPort);
  }

  /** Sends lines, an empty one after them, and returns all that comes until the server closes. */
  String exchange(String... lines) throws IOException {
    return send(String.join("\r\n", lines) + "\r\n\r\n");
  }

  /** Sends a text, as far as the server takes it, and returns all that comes until it closes. */
  String send(String text) throws IOException {
    try (Socket socket = connect()) {
      try {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      } catch (SocketException e) {
        // The server has closed, and may have answered before.
        return rest(socket);
      }
      return rest(socket);
    }
  }

  /** Returns all that comes until the server closes, or resets since it has not read everything. */
  static String rest(Socket socket) throws IOException {
    StringBuilder rest = new StringBuilder();
    InputStream in = socket.getInputStream();
    try {
      for (int c = in.read(); c >= 0; c = in.read()) {
        rest.append((char) c);
      }
    } catch (SocketException e) {
      // Nothing more comes.
      return rest.toString();
    }
    return rest.toString();
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** The answer to a GET that closes afterwards. */
  String get(String target, String... headers) throws IOException {
    List<String> host =
        List.of(headers).stream().anyMatch(header -> header.startsWith("Host:"))
            ? List.of()
            : List.of("Host: localhost:" + port);
    return send(
        "GET "
            + target
            + " HTTP/1.1\r\nConnection: close\r\n"
            + String.join("", host.stream().map(header -> header + "\r\n").toList())
            + String.join("", List.of(headers).stream().map(header -> header + "\r\n").toList())
            + "\r\n");
  }

  /** The first frames of a viewer. */
  static byte[] handshake(String... headers) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "GET /ws HTTP/1.1",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Protocol: agentstream.v1"));
    lines.addAll(List.of(headers));
    return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(ISO_8859_1);
  }

  /** The first line of the answer to a handshake. */
  String upgrade(String... headers) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(handshake(headers));
      StringBuilder line = new StringBuilder();
      for (int next = socket.getInputStream().read();
          next >= 0 && next != '\r';
          next = socket.getInputStream().read()) {
        line.append((char) next);
      }
      return line.toString();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}

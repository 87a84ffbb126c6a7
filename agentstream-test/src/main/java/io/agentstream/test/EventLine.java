package io.agentstream.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads server-sent events from a plain socket, so that a test can cut the line after any event. It
 * shares no code with the server. Used by one thread.
 */
public final class EventLine implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;
  private static final int BUFFER_BYTES = 4096;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Socket socket;
  private final InputStream in;
  private final int status;
  private final List<String> headers = new ArrayList<>();
  private final boolean chunked;
  private final boolean bounded;
  private long left;
  private boolean over;

  private EventLine(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    this.status = Integer.parseInt(headerLine().split(" ", -1)[1]);
    for (String header = headerLine(); !header.isEmpty(); header = headerLine()) {
      headers.add(header.toLowerCase(Locale.ROOT));
    }
    this.chunked = hasHeader("transfer-encoding: chunked");
    this.left = chunked ? 0 : contentLength();
    this.bounded = left < Long.MAX_VALUE;
  }

  /** Returns the length of a body that is not chunked; without one it lasts to the end. */
  private long contentLength() {
    String name = "content-length: ";
    return headers.stream()
        .filter(header -> header.startsWith(name))
        .mapToLong(header -> Long.parseLong(header.substring(name.length())))
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  /**
   * Opens a stream.
   *
   * @param root the server; its path is ignored
   * @param path with the query
   * @param headers further header lines
   * @throws IOException if the connection breaks before the end of the response's headers
   */
  public static EventLine open(URI root, String path, String... headers) throws IOException {
    return open(new Socket(root.getHost(), root.getPort()), root, path, headers);
  }

  /** Does the same on a socket that the test has made. */
  public static EventLine open(Socket socket, URI root, String path, String... headers)
      throws IOException {
    return exchange(socket, root, "GET " + path, "", headers);
  }

  /**
   * Sends any request, and reads the headers of the response.
   *
   * @param target method and path
   */
  public static EventLine exchange(
      Socket socket, URI root, String target, String body, String... headers) throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    StringBuilder request = new StringBuilder(target + " HTTP/1.1\r\n");
    request.append("Host: ").append(root.getAuthority()).append("\r\n");
    for (String line : headers) {
      request.append(line).append("\r\n");
    }
    request.append("\r\n").append(body);
    try {
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
      return new EventLine(socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Returns the status of the response. */
  public int status() {
    return status;
  }

  /** Returns true if the response has this header line, in lower case. */
  public boolean hasHeader(String line) {
    return headers.contains(line);
  }

  /**
   * Returns the next event; null at the end of the stream. Comments are left out.
   *
   * @throws IOException if the connection breaks
   */
  public @Nullable Event next() throws IOException {
    String id = null;
    String type = "message";
    StringBuilder data = new StringBuilder();
    for (String line = bodyLine(); line != null; line = bodyLine()) {
      if (line.isEmpty() && data.length() > 0) {
        return new Event(id, type, data.toString());
      } else if (line.startsWith("id: ")) {
        id = line.substring("id: ".length());
      } else if (line.startsWith("event: ")) {
        type = line.substring("event: ".length());
      } else if (line.startsWith("data: ")) {
        data.append(line.substring("data: ".length()));
      }
    }
    return null;
  }

  /**
   * Returns all events to the first frame of this type.
   *
   * @throws IOException if the stream ends before
   */
  public List<Event> until(String frameType) throws IOException {
    List<Event> events = new ArrayList<>();
    for (Event event = next(); event != null; event = next()) {
      events.add(event);
      if (event.frameType().equals(frameType)) {
        return events;
      }
    }
    throw new IOException("The stream has ended before " + frameType + ": " + events);
  }

  /**
   * Returns the rest of the body.
   *
   * @throws IOException if the connection breaks
   */
  public String rest() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = bodyByte(); b >= 0; b = bodyByte()) {
      bytes.write(b);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /**
   * Returns the next line of the body, a comment too; null at the end.
   *
   * @throws IOException if the connection breaks
   */
  public @Nullable String bodyLine() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = bodyByte(); b >= 0; b = bodyByte()) {
      if (b == '\n') {
        return bytes.toString(StandardCharsets.UTF_8);
      }
      bytes.write(b);
    }
    return null;
  }

  private int bodyByte() throws IOException {
    while (chunked && left == 0 && !over) {
      String length = headerLine();
      if (!length.isEmpty()) {
        left = Integer.parseInt(length, 16);
        over = left == 0;
      }
    }
    if (left == 0) {
      return -1;
    }
    left--;
    int next = in.read();
    if (next < 0 && bounded) {
      throw new IOException("The line was cut");
    }
    return next;
  }

  private String headerLine() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("The line was cut");
      }
      if (b != '\r') {
        bytes.write(b);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /**
   * Cuts the connection with a reset, as a broken network does.
   *
   * @throws IOException if the socket cannot be closed
   */
  public void reset() throws IOException {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException alreadyClosed) {
      return;
    }
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /**
   * An event.
   *
   * @param id null if it has none
   * @param type {@code message} if it has none
   */
  public record Event(@Nullable String id, String type, String data) {

    /** Returns the data as JSON. */
    public JsonNode frame() {
      try {
        return MAPPER.readTree(data);
      } catch (JsonProcessingException e) {
        throw new AssertionError("No JSON: " + data, e);
      }
    }

    /** Returns the type of the frame that is the data. */
    public String frameType() {
      return frame().path("type").asText();
    }
  }
}

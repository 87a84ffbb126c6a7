package io.agentstream.http.served;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads server-sent events from a plain socket, so that a test can cut the line after any event. It
 * shares no code with the server.
 */
public final class EventLine implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Socket socket;
  private final InputStream in;
  private final int status;
  private final List<String> headers = new ArrayList<>();
  private int chunkLeft;
  private boolean over;

  private EventLine(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.status = Integer.parseInt(line().split(" ", -1)[1]);
    for (String header = line(); !header.isEmpty(); header = line()) {
      headers.add(header.toLowerCase(Locale.ROOT));
    }
  }

  /**
   * Opens a stream.
   *
   * @param lines further header lines
   */
  public static EventLine open(URI root, String path, String... lines) throws IOException {
    return open(new Socket(root.getHost(), root.getPort()), root, path, lines);
  }

  /** Does the same on a socket that the test has made. */
  public static EventLine open(Socket socket, URI root, String path, String... lines)
      throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    request.append("Host: ").append(root.getAuthority()).append("\r\n");
    for (String line : lines) {
      request.append(line).append("\r\n");
    }
    request.append("\r\n");
    socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
    return new EventLine(socket);
  }

  public int status() {
    return status;
  }

  public boolean hasHeader(String line) {
    return headers.contains(line);
  }

  /** Returns the next event; null at the end of the stream. Comments are left out. */
  public Event next() throws IOException {
    String id = null;
    String type = "message";
    StringBuilder data = new StringBuilder();
    for (String line = bodyLine(); line != null; line = bodyLine()) {
      if (line.isEmpty() && data.length() > 0) {
        return new Event(id, type, data.toString());
      } else if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        type = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data.append(line.substring(6));
      }
    }
    return null;
  }

  /** Returns all events to the first of this type. */
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

  /** Returns the next line of the body, a comment too; null at the end. */
  public String bodyLine() throws IOException {
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
    while (chunkLeft == 0 && !over) {
      String length = line();
      if (!length.isEmpty()) {
        chunkLeft = Integer.parseInt(length, 16);
        over = chunkLeft == 0;
      }
    }
    if (over) {
      return -1;
    }
    chunkLeft--;
    return in.read();
  }

  private String line() throws IOException {
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

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /**
   * An event.
   *
   * @param id null if it has none
   */
  public record Event(String id, String type, String data) {

    public JsonNode frame() {
      try {
        return MAPPER.readTree(data);
      } catch (IOException e) {
        throw new AssertionError("No JSON: " + data, e);
      }
    }

    public String frameType() {
      return frame().path("type").asText();
    }
  }
}

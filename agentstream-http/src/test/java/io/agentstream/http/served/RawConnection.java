package io.agentstream.http.served;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A connection whose bytes a test writes by itself. */
public final class RawConnection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;

  public RawConnection(URI root) throws IOException {
    socket = new Socket(root.getHost(), root.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * Sends the head of a request.
   *
   * @param request the method and the path
   * @param headers whole lines
   */
  public void send(String request, String... headers) throws IOException {
    String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    sendBytes(request + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n");
  }

  /** Sends text as it is. */
  public void sendBytes(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends bytes, each a character, and returns all that comes until the server closes; what came
   * before if it resets the connection.
   */
  public String exchange(String bytes) throws IOException {
    StringBuilder answer = new StringBuilder();
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      for (int c = in.read(); c >= 0; c = in.read()) {
        answer.append((char) c);
      }
    } catch (SocketException e) {
      // The client gets no more than it has.
    }
    return answer.toString();
  }

  /** Reads one response that has a length. */
  public Answer read() throws IOException {
    String[] first = line().split(" ", 3);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] parts = line.split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
    }
    int status = Integer.parseInt(first[1]);
    if (status == 100) {
      return read();
    }
    byte[] body;
    if (headers.containsKey("content-length")) {
      body = in.readNBytes(Integer.parseInt(headers.get("content-length")));
    } else {
      body = chunks();
    }
    return new Answer(status, headers, new String(body, StandardCharsets.UTF_8));
  }

  /** Reads up to the first line that contains this text. */
  public void readUntil(String text) throws IOException {
    String line = line();
    while (!line.contains(text)) {
      line = line();
    }
  }

  /** Is gone like a client whose machine has failed: the server's next write fails. */
  public void vanish() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Waits until the server closes the connection; returns false if it sends more instead. */
  public boolean isAtItsEnd() throws IOException {
    return in.read() < 0;
  }

  private byte[] chunks() throws IOException {
    StringBuilder all = new StringBuilder();
    for (int length = chunkLength(); length > 0; length = chunkLength()) {
      all.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
      line();
    }
    line();
    return all.toString().getBytes(StandardCharsets.UTF_8);
  }

  private int chunkLength() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("The server closed the connection after: " + line);
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /**
   * A response.
   *
   * @param headers by their names in small letters
   */
  public record Answer(int status, Map<String, String> headers, String body) {

    public String header(String name) {
      return headers.get(name);
    }
  }
}

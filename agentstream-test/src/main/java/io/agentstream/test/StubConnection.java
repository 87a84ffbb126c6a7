package io.agentstream.test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one connection's requests, one after the other, on a thread of its own. It therefore
 * notices at once if the client closes the connection, even in the middle of an answer.
 */
final class StubConnection {

  private final int number;
  private final Socket socket;
  private final CountDownLatch hungUp = new CountDownLatch(1);

  StubConnection(int number, Socket socket) {
    this.number = number;
    this.socket = socket;
  }

  /** Passes each request on until either side closes the connection. */
  void readAll(Consumer<StubRequest> requests) {
    try (socket) {
      readUntilHungUp(requests);
    } catch (IOException e) {
      // This side has closed the connection: nothing is left to read.
      return;
    }
  }

  Socket socket() {
    return socket;
  }

  private void readUntilHungUp(Consumer<StubRequest> requests) throws IOException {
    try {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (StubRequest next = read(in); next != null; next = read(in)) {
        requests.accept(next);
      }
      hungUp.countDown();
    } catch (IOException e) {
      // A reset by the client, unless this side has closed.
      if (!socket.isClosed()) {
        hungUp.countDown();
      }
    }
  }

  private @Nullable StubRequest read(InputStream in) throws IOException {
    String requestLine = line(in);
    if (requestLine.isEmpty()) {
      return null;
    }
    Map<String, String> headers = headers(in);
    int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
    String body = new String(in.readNBytes(length), UTF_8);
    return new StubRequest(number, requestLine, headers, body, hungUp);
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
    }
    return headers;
  }

  /** Reads up to CRLF or the end of the stream. */
  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != -1 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(ISO_8859_1);
  }
}

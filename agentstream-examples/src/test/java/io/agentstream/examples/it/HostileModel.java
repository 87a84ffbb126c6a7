package io.agentstream.examples.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A hostile model server: each kind of answer continues until the other side closes the connection,
 * or has read half a gigabyte.
 */
final class HostileModel implements AutoCloseable {

  private static final long ENOUGH_BYTES = 512L * 1024 * 1024;
  private static final int MOST_CALLS = 20_000;
  private static final String FILLER = "x".repeat(1_000);
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n";

  /** The contents of the answer. */
  enum Kind {
    TEXT,
    NOTHING,
    REASONING,
    ARGUMENTS,
    CALLS,
    COMMENTS,
    LINE,
    HEADER;

    String piece(int i) {
      return switch (this) {
        case TEXT -> delta("\"content\":\"" + FILLER + "\"");
        case NOTHING -> "data: {}\n\n";
        case REASONING -> delta("\"reasoning_content\":\"" + FILLER + "\"");
        case ARGUMENTS -> delta(toolCall(0, FILLER));
        case CALLS -> i < MOST_CALLS ? delta(toolCall(i, "{}")) : ": wait\n\n";
        case COMMENTS -> ": " + FILLER + "\n";
        case LINE -> FILLER;
        case HEADER -> "X-" + i + ": " + FILLER + "\r\n";
      };
    }

    String path() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final ServerSocket socket;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "hostile-model");
            thread.setDaemon(true);
            return thread;
          });

  private HostileModel(ServerSocket socket) {
    this.socket = socket;
  }

  static HostileModel start() {
    try {
      HostileModel model =
          new HostileModel(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      model.threads.execute(model::accept);
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String baseUrl(Kind kind) {
    return "http://127.0.0.1:" + socket.getLocalPort() + "/" + kind.path() + "/v1";
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket caller = socket.accept();
        threads.execute(() -> answer(caller));
      } catch (IOException e) {
        // Closed: the test is over.
      }
    }
  }

  private static void answer(Socket caller) {
    try (caller) {
      BufferedReader request =
          new BufferedReader(new InputStreamReader(caller.getInputStream(), UTF_8));
      String kind = kindIn(request.readLine());
      for (String line = request.readLine(); !line.isEmpty(); line = request.readLine()) {
        // Its headers do not matter.
      }
      write(Kind.valueOf(kind), caller.getOutputStream());
    } catch (IOException e) {
      // The other side has closed the connection, as it should.
    }
  }

  /** Reads {@code POST /text/v1/chat/completions HTTP/1.1}. */
  private static String kindIn(String requestLine) {
    int begin = requestLine.indexOf('/') + 1;
    return requestLine.substring(begin, requestLine.indexOf('/', begin)).toUpperCase(Locale.ROOT);
  }

  private static void write(Kind kind, OutputStream out) throws IOException {
    out.write((kind == Kind.HEADER ? HEAD : HEAD + "\r\n").getBytes(UTF_8));
    long written = 0;
    for (int i = 0; written < ENOUGH_BYTES; i++) {
      byte[] piece = kind.piece(i).getBytes(UTF_8);
      out.write(piece);
      written += piece.length;
    }
  }

  private static String delta(String fields) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":{" + fields + "}}]}\n\n";
  }

  private static String toolCall(int index, String arguments) {
    String function = "{\"name\":\"f\",\"arguments\":\"" + arguments + "\"}";
    return "\"tool_calls\":[{\"index\":%d,\"id\":\"c%d\",\"type\":\"function\",\"function\":%s}]"
        .formatted(index, index, function);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}

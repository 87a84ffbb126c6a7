package io.agentstream.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server whose answers a viewer can come back to.
 *
 * @param redis the Redis in which it keeps them, if it needs one
 * @param modelPort the port of the model server
 */
record Peer(ServerUnderTest server, AnswerKind kind, Optional<ServerUnderTest> redis, int modelPort)
    implements AutoCloseable {

  private static final Pattern USED = Pattern.compile("used_memory:(\\d+)");

  String name() {
    return server.name();
  }

  /** Returns the processor time used so far, in microseconds, that of its Redis included. */
  long cpuMicros() {
    return server.cpuMicros() + redisMicros();
  }

  long redisMicros() {
    return redis.map(ServerUnderTest::cpuMicros).orElse(0L);
  }

  /** Returns the bytes on the heap, after a full collection. */
  long heapBytes() throws IOException {
    if (server.isJava()) {
      return server.heapBytes();
    }
    String response = Answers.ask(server.port(), "GET /heap HTTP/1.0\r\n\r\n");
    return Long.parseLong(response.substring(response.lastIndexOf('\n') + 1));
  }

  /** Returns the bytes that its Redis holds. */
  long redisBytes() throws IOException {
    if (redis.isEmpty()) {
      return 0;
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.get().port())) {
      socket.getOutputStream().write("INFO memory\r\nQUIT\r\n".getBytes(US_ASCII));
      Matcher used = USED.matcher(new String(socket.getInputStream().readAllBytes(), US_ASCII));
      if (!used.find()) {
        throw new IOException("Redis does not say its memory");
      }
      return Long.parseLong(used.group(1));
    }
  }

  void suspend() throws IOException {
    server.suspend();
  }

  void resume() throws IOException {
    server.resume();
  }

  @Override
  public void close() {
    server.close();
    redis.ifPresent(ServerUnderTest::close);
  }
}

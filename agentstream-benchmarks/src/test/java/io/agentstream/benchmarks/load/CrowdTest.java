package io.agentstream.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The viewers of a load, at a server whose side of the line the test plays. */
@Timeout(60)
class CrowdTest {

  private static final byte[] PING = {(byte) 0x89, 0};
  private static final int PONG = 0x8A;

  @Test
  void viewers_answer_pings_while_their_server_is_inspected() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Crowd crowd = crowd(server)) {
      CompletableFuture<Socket> line = CompletableFuture.supplyAsync(() -> welcome(server));
      crowd.connect(1);
      try (Socket viewer = line.join()) {
        int answer =
            crowd.during(
                () -> {
                  viewer.getOutputStream().write(PING);
                  return viewer.getInputStream().read();
                });

        assertThat(answer).isEqualTo(PONG);
      }
    }
  }

  @Test
  void an_inspection_that_fails_says_why() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Crowd crowd = crowd(server)) {
      assertThatThrownBy(
              () ->
                  crowd.during(
                      () -> {
                        throw new IOException("the server is gone");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the server is gone");
    }
  }

  private static Crowd crowd(ServerSocket server) throws IOException {
    URI endpoint = URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/ws");
    return new Crowd(ServerKind.BY_HAND, endpoint);
  }

  /** Lets a viewer in, and drops its request. */
  private static Socket welcome(ServerSocket server) {
    try {
      Socket viewer = server.accept();
      StringBuilder request = new StringBuilder();
      while (request.indexOf("\r\n\r\n") < 0) {
        request.append((char) viewer.getInputStream().read());
      }
      viewer.getOutputStream().write("HTTP/1.1 101 Switching\r\n\r\n".getBytes(US_ASCII));
      return viewer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.agentstream.examples.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds for connections without a request, and for many connections. */
@Timeout(300)
class ConnectionsTest {

  /** Far less than the time that a whole request may take. */
  private static final long BETWEEN_BYTES_NANOS = 50_000_000;

  private static final String GET = "GET /health HTTP/1.1\r\nHost: localhost\r\n";

  @ParameterizedTest
  @ValueSource(strings = {"", "G", GET, GET + "X: y", GET + "Content-Length: 9\r\n\r\n"})
  void a_connection_that_sends_no_whole_request_is_closed_also_if_it_goes_on_sending(String begin)
      throws Exception {
    try (RunningServer server = hasty();
        Socket socket = server.connect()) {
      socket.getOutputStream().write(begin.getBytes(US_ASCII));
      Thread trickle = new Thread(() -> trickle(socket));
      trickle.start();
      assertThat(RunningServer.rest(socket)).doesNotContain(" 500 ");
      trickle.join();
    }
  }

  /** Gives a request a second, and is warm: on a busy machine, the first one takes its time. */
  private static RunningServer hasty() throws Exception {
    RunningServer server = RunningServer.with("{\"server\": {\"request_seconds\": 1}}");
    assertAnswersAgain(server);
    return server;
  }

  /** A byte at a time, as long as the connection lasts. */
  private static void trickle(Socket socket) {
    try {
      while (true) {
        socket.getOutputStream().write('x');
        LockSupport.parkNanos(BETWEEN_BYTES_NANOS);
      }
    } catch (IOException e) {
      // Closed, as expected.
    }
  }

  @Test
  void a_connection_that_is_kept_alive_is_closed_too_when_no_request_follows() throws Exception {
    try (RunningServer server = hasty();
        Socket socket = server.connect()) {
      socket.getOutputStream().write((GET + "\r\n").getBytes(US_ASCII));
      assertThat(RunningServer.rest(socket)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void a_viewer_is_not_plain_http_and_stays() throws Exception {
    try (RunningServer server = hasty();
        Socket viewer = server.connect()) {
      viewer.getOutputStream().write(RunningServer.handshake("Host: localhost"));
      outlastTwoSilentOnes(server);
      viewer.getOutputStream().write(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
      assertThat(RunningServer.rest(viewer)).contains(" 101 ", "welcome");
    }
  }

  @Test
  void neither_is_a_stream_of_events() throws Exception {
    try (RunningServer server = hasty()) {
      String started =
          server.exchange(
              "POST /api/conversations HTTP/1.1",
              "Host: localhost",
              "Connection: close",
              "Content-Type: application/json",
              "Content-Length: 15",
              "",
              "{\"topic\":\"tea\"}");
      String id = started.replaceAll("(?s).*\"conversation_id\":\"([^\"]*)\".*", "$1");
      try (Socket viewer = server.connect()) {
        viewer
            .getOutputStream()
            .write(
                ("GET /api/conversations/" + id + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getBytes(US_ASCII));
        outlastTwoSilentOnes(server);
        server.exchange(
            "POST /api/conversations/" + id + "/stop HTTP/1.1",
            "Host: localhost",
            "Connection: close");
        assertThat(rest(viewer, "conversation_ended")).contains(" 200 ", "\"joined\"");
      }
    }
  }

  /** The second is closed two sweeps later than the first, at least. */
  private static void outlastTwoSilentOnes(RunningServer server) throws IOException {
    for (int i = 0; i < 2; i++) {
      try (Socket silent = server.connect()) {
        assertThat(RunningServer.rest(silent)).isEmpty();
      }
    }
  }

  /** Returns all that comes until this word has come. */
  private static String rest(Socket socket, String word) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf(word) < 0) {
      int next = socket.getInputStream().read();
      assertThat(next).as("the stream has ended: %s", text).isNotNegative();
      text.append((char) next);
    }
    return text.toString();
  }

  @Test
  void an_address_holds_so_many_connections_and_each_that_goes_makes_room() throws Exception {
    try (RunningServer server =
        RunningServer.with("{\"server\": {\"http_connections_per_address\": 5}}")) {
      List<Socket> held = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        held.add(counted(server));
      }
      assertRefused(server);
      for (Socket socket : held) {
        socket.close();
      }
      assertAnswersAgain(server);
    }
  }

  @Test
  void so_does_the_server() throws Exception {
    try (RunningServer server =
        RunningServer.with(
            "{\"server\": {\"http_connections\": 5, \"trusted_proxies\": [\"127.0.0.1\"]}}")) {
      List<Socket> held = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        held.add(counted(server));
      }
      assertRefused(server);
      for (Socket socket : held) {
        socket.close();
      }
      assertAnswersAgain(server);
    }
  }

  @Test
  void connections_of_a_trusted_proxy_are_not_counted_for_its_address() throws Exception {
    try (RunningServer server =
        RunningServer.with(
            "{\"server\": {\"http_connections_per_address\": 2,"
                + " \"trusted_proxies\": [\"127.0.0.0/8\"]}}")) {
      List<Socket> held = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        held.add(counted(server));
      }
      assertThat(server.get("/health")).contains(" 200 ");
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  /** One that the server knows of, since it has answered there. */
  private static Socket counted(RunningServer server) throws IOException {
    Socket socket = server.connect();
    socket.getOutputStream().write((GET + "\r\n").getBytes(US_ASCII));
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }

  private static void assertRefused(RunningServer server) throws IOException {
    assertThat(answer(server)).isEmpty();
  }

  /** The server learns of an end a little later than whoever ends. */
  private static void assertAnswersAgain(RunningServer server) throws IOException {
    String answer = answer(server);
    while (answer.isEmpty()) {
      answer = answer(server);
    }
    assertThat(answer).contains(" 200 ");
  }

  private static String answer(RunningServer server) throws IOException {
    try {
      return server.get("/health");
    } catch (IOException e) {
      return "";
    }
  }
}

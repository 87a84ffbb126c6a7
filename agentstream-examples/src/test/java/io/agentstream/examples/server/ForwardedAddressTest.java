package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strangers, each of whom claims to be many, or comes through a proxy. */
@Timeout(300)
class ForwardedAddressTest {

  private static final int MOST = 3;
  private static final String LIMITS = "{\"connections_per_address\": %d}".formatted(MOST);
  private static final int CLOSE = 0x88;

  private final List<Socket> held = new ArrayList<>();

  @Test
  void without_a_trusted_proxy_all_who_forge_share_what_ten_addresses_have() throws Exception {
    try (RunningServer server = RunningServer.with("{\"limits\": %s}".formatted(LIMITS))) {
      assertThat(welcomed(server, 12 * MOST, i -> "6.6.6." + i)).isEqualTo(10 * MOST);
    }
  }

  @Test
  void beside_a_trusted_proxy_nobody_else_is_believed() throws Exception {
    try (RunningServer server = server("192.0.2.1")) {
      assertThat(welcomed(server, 2 * MOST, i -> "6.6.6." + i)).isEqualTo(MOST);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.0/8"})
  void a_trusted_proxy_is_believed_and_what_its_client_wrote_is_not(String trusted)
      throws Exception {
    try (RunningServer server = server(trusted)) {
      assertThat(welcomed(server, 2 * MOST, i -> "6.6.6." + i + ", 198.51.100.7")).isEqualTo(MOST);
      assertThat(welcomed(server, 2 * MOST, i -> "198.51.100.8:" + (4_000 + i))).isEqualTo(MOST);
      assertThat(welcomed(server, 2 * MOST, i -> "[2001:db8::1]:" + (4_000 + i))).isEqualTo(MOST);
      assertThat(welcomed(server, 2 * MOST, i -> "2001:db8:0:1::" + i)).isEqualTo(MOST);
      assertThat(welcomed(server, 1, i -> "198.51.100.9")).isEqualTo(1);
    }
  }

  @Test
  void hops_without_an_address_count_for_the_proxy() throws Exception {
    try (RunningServer server = server("127.0.0.1")) {
      assertThat(welcomed(server, 12 * MOST, i -> "unknown" + i)).isLessThanOrEqualTo(10 * MOST);
    }
  }

  private static RunningServer server(String trusted) throws Exception {
    return RunningServer.with(
        "{\"limits\": %s, \"server\": {\"trusted_proxies\": [\"%s\"]}}".formatted(LIMITS, trusted));
  }

  private int welcomed(RunningServer server, int tries, Forwarded forwarded) throws IOException {
    int welcomed = 0;
    for (int i = 0; i < tries; i++) {
      Socket socket = server.connect();
      held.add(socket);
      socket
          .getOutputStream()
          .write(
              RunningServer.handshake(
                  "Host: localhost:" + server.port(), "X-Forwarded-For: " + forwarded.of(i)));
      welcomed += isWelcomed(socket) ? 1 : 0;
    }
    return welcomed;
  }

  /** After the answer to the handshake a first frame comes: a text, or the close. */
  private static boolean isWelcomed(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    return socket.getInputStream().read() != CLOSE;
  }

  private interface Forwarded {
    String of(int which);
  }
}

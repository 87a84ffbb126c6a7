package io.agentstream.examples.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page whose name was made to resolve to this machine reads nothing: its name is not ours. */
class HostsTest {

  private static final List<String> PATHS =
      List.of("/", "/app.js", "/agentstream/index.js", "/health", "/info", "/metrics", "/nothing");

  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.with("{\"server\": {\"hosts\": [\"chat.example.com\"]}}");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LOCALHOST:8080",
        "127.0.0.1:8080",
        "[::1]:8080",
        "[0:0:0:0:0:0:0:1]",
        "chat.example.com",
        "Chat.Example.Com:443"
      })
  void its_own_names_are_answered_with_any_port(String host) throws Exception {
    assertThat(server.get("/health", "Host: " + host)).startsWith("HTTP/1.1 200");
    assertThat(server.upgrade("Host: " + host, "Origin: http://" + host)).contains(" 101 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.test",
        "evil.test:8080",
        "localhost.evil.test",
        "evil.localhost",
        "localhost.",
        "127.0.0.1.evil.test",
        "0.0.0.0:8080",
        "[::]",
        "192.0.2.7",
        "www.chat.example.com",
        "chat.example.com.",
        "2130706433",
        "0x7f000001",
        "127.1",
        "127.0.0.2",
        "127.0.0.1.",
        "127.0.0.1.nip.io",
        "ip6-localhost"
      })
  void any_other_name_is_refused_on_every_path(String host) throws Exception {
    for (String path : PATHS) {
      assertThat(server.get(path, "Host: " + host))
          .as(path)
          .startsWith("HTTP/1.1 421")
          .contains("'" + host + "'", "server.hosts", "--hosts")
          .doesNotContain("<html", "agentstream_", "\"status\"");
    }
    assertThat(server.upgrade("Host: " + host, "Origin: http://" + host)).contains(" 421 ");
    assertThat(server.upgrade("Host: " + host)).contains(" 421 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "OPTIONS", "TRACE", "DELETE", "PROPFIND"})
  void any_other_name_is_refused_with_every_method(String method) throws Exception {
    assertThat(server.exchange(method + " /info HTTP/1.1", "Host: evil.test", "Connection: close"))
        .startsWith("HTTP/1.1 421");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: [zzz",
        "Host: evil.test/../localhost",
        "Host: localhost@evil.test",
        "Host: localhost\r\nHost: evil.test",
        "Host: evil.test\r\nHost: localhost",
        "Host: localhost\r\nHost: localhost",
        "Host: localhost, evil.test",
        "Host: ",
        "X-Forwarded-Host: localhost\r\nHost: evil.test",
        "Forwarded: host=localhost\r\nHost: evil.test"
      })
  void what_is_no_single_host_opens_nothing(String headers) throws Exception {
    assertThat(server.get("/info", headers)).doesNotContain("\"demo\"");
  }

  @Test
  void the_target_may_name_no_other_host_than_the_header() throws Exception {
    assertThat(server.get("http://evil.test/info")).doesNotContain("\"demo\"");
    assertThat(server.get("http://localhost/info", "Host: evil.test")).doesNotContain("\"demo\"");
    assertThat(server.get("http://localhost:" + server.port() + "/info")).contains("\"demo\"");
  }

  @Test
  void a_client_without_a_host_is_no_browser() throws Exception {
    assertThat(server.exchange("GET /health HTTP/1.0")).contains(" 200 ");
    assertThat(server.exchange("GET /health HTTP/1.1")).contains(" 400 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"chrome-extension://localhost", "file://localhost", "ws://localhost"})
  void an_origin_that_is_no_web_page_is_not_let_in_even_if_its_host_is_ours(String origin)
      throws Exception {
    try (Socket socket = server.connect()) {
      socket
          .getOutputStream()
          .write(RunningServer.handshake("Host: localhost", "Origin: " + origin));
      socket.shutdownOutput();
      assertThat(RunningServer.rest(socket)).doesNotContain("welcome");
    }
  }

  @Test
  void beyond_this_machine_only_listed_names_and_the_address_itself_are_answered()
      throws Exception {
    try (RunningServer open =
        RunningServer.with(
            "{}",
            "--host",
            "0.0.0.0",
            "--insecure-no-authentication",
            "--hosts",
            "a.example,b.example")) {
      assertThat(open.get("/health", "Host: a.example")).contains(" 200 ");
      assertThat(open.get("/health", "Host: b.example:8443")).contains(" 200 ");
      assertThat(open.get("/health", "Host: 127.0.0.1:1")).contains(" 200 ");
      assertThat(open.get("/health", "Host: evil.test")).contains(" 421 ");
      assertThat(open.get("/health", "Host: 192.0.2.7")).contains(" 421 ");
    }
  }
}

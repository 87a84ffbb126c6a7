package io.agentstream.jakarta;

import static io.agentstream.jakarta.ServedHub.assertPong;
import static io.agentstream.jakarta.ServedHub.hubOf;
import static io.agentstream.jakarta.ServedHub.saying;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.identity.AllowedOrigins;
import io.agentstream.test.socket.SocketViewer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Origins of pages that may connect. */
interface OriginContract extends ServedHub {

  @Test
  default void the_servers_own_page_is_let_in() throws Exception {
    serve(saying("Hi"));

    SocketViewer viewer = connectFrom("http://" + endpoint().getAuthority());

    viewer.expect("welcome");
    assertPong(viewer);
  }

  @Test
  default void a_page_of_another_origin_is_closed_with_4502_and_told_nothing() throws Exception {
    serve(saying("Hi"));

    for (String origin :
        new String[] {
          "http://evil.example",
          "http://localhost:" + endpoint().getPort(),
          "http://127.0.0.1:1",
          "null"
        }) {
      SocketViewer viewer = connectFrom(origin);
      assertThat(viewer.closeCode()).as(origin).isEqualTo(4502);
      assertThat(viewer.isSilent()).as(origin).isTrue();
    }
  }

  @Test
  default void a_client_that_is_no_browser_sends_no_origin_and_is_let_in() throws Exception {
    serve(saying("Hi"));

    assertPong(viewer());
  }

  @Test
  default void a_list_of_origins_lets_these_in_and_fails_the_handshake_of_others()
      throws Exception {
    serve(hubOf(saying("Hi")).allowedOrigins(AllowedOrigins.of("https://chat.example.com")));

    connectFrom("https://chat.example.com").expect("welcome");
    // Undertow says that there is no such thing.
    assertThat(handshakeStatus("http://" + endpoint().getAuthority())).isIn(403, 404);
    assertPong(viewer());
  }

  /** By hand, since the JDK's client waits for the body, whose end Tyrus does not tell. */
  private int handshakeStatus(String origin) throws IOException {
    try (Socket socket = new Socket(endpoint().getHost(), endpoint().getPort())) {
      String request =
          """
          GET %s HTTP/1.1
          Host: %s
          Origin: %s
          Connection: Upgrade
          Upgrade: websocket
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

          """
              .formatted(endpoint().getPath(), endpoint().getAuthority(), origin);
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(SocketViewer.PATIENCE_SECONDS));
      socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(US_ASCII));
      BufferedReader response =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      return Integer.parseInt(response.readLine().substring("HTTP/1.1 ".length()).substring(0, 3));
    }
  }

  private SocketViewer connectFrom(String origin) {
    return connect(Map.of("Origin", origin), "agentstream.v1");
  }
}

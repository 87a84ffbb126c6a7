package io.agentstream.jakarta;

import static io.agentstream.jakarta.ServedHub.assertPong;
import static io.agentstream.jakarta.ServedHub.hubOf;
import static io.agentstream.jakarta.ServedHub.saying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentstream.identity.AllowedOrigins;
import java.net.http.WebSocketHandshakeException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Whose pages may connect. */
interface OriginContract extends ServedHub {

  @Test
  default void the_servers_own_page_is_let_in() throws Exception {
    serve(saying("Hi"));

    TestViewer viewer = connectFrom("http://" + endpoint().getAuthority());

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
      TestViewer viewer = connectFrom(origin);
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
  default void a_list_of_origins_lets_these_in_and_fails_the_handshake_of_others_with_403()
      throws Exception {
    serve(hubOf(saying("Hi")).allowedOrigins(AllowedOrigins.of("https://chat.example.com")));

    connectFrom("https://chat.example.com").expect("welcome");
    String own = "http://" + endpoint().getAuthority();
    assertThatThrownBy(() -> connectFrom(own))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(403));
    assertPong(viewer());
  }

  private TestViewer connectFrom(String origin) {
    return connect(Map.of("Origin", origin), "agentstream.v1");
  }
}

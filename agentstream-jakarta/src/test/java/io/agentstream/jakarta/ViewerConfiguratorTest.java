package io.agentstream.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentstream.hub.ConversationHub;
import io.agentstream.test.ScriptedModel;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Handshakes on containers that follow WebSocket 2.1, and on one that does not. */
class ViewerConfiguratorTest {

  private static final String SECRET = "user=ann";

  private static final HandshakeRequest REQUEST =
      (HandshakeRequest)
          Proxy.newProxyInstance(
              HandshakeRequest.class.getClassLoader(),
              new Class<?>[] {HandshakeRequest.class},
              (proxy, method, arguments) ->
                  method.getName().equals("getHeaders") ? Map.of("Cookie", List.of(SECRET)) : null);

  private final ConversationHub hub = ServedHub.hubOf(new ScriptedModel()).build();
  private final ServerEndpointConfig endpoint =
      ViewerConfigurator.endpoint("/ws", hub, Logins.NONE);

  @AfterEach
  void closeHub() {
    hub.close();
  }

  @Test
  void a_handshake_is_kept_in_the_properties_of_its_connection() {
    ServerEndpointConfig connection =
        ServerEndpointConfig.Builder.create(ViewerEndpoint.class, "/ws").build();

    shakeHands(connection);

    assertThat(connection.getUserProperties().toString()).contains(SECRET);
  }

  @Test
  void a_handshake_is_not_kept_where_other_connections_would_find_it() {
    shakeHands(endpoint);

    assertThat(endpoint.getUserProperties().toString()).doesNotContain(SECRET);
  }

  private void shakeHands(ServerEndpointConfig connection) {
    endpoint.getConfigurator().modifyHandshake(connection, REQUEST, Map::of);
  }
}

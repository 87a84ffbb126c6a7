package io.agentstream.jakarta;

import io.agentstream.delivery.ConversationHub;
import io.agentstream.wire.Protocol;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes endpoints and answers handshakes. */
final class ViewerConfigurator extends ServerEndpointConfig.Configurator {

  private final ConversationHub hub;

  ViewerConfigurator(ConversationHub hub) {
    this.hub = hub;
  }

  /**
   * Agrees to version 1 or, failing that, to whatever is offered first: a browser that gets no
   * answer to its offer fails the handshake with 1006 and never sees the close code that tells why.
   */
  @Override
  public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
    if (requested.isEmpty() || requested.contains(Protocol.SUBPROTOCOL)) {
      return requested.isEmpty() ? "" : Protocol.SUBPROTOCOL;
    }
    return requested.get(0);
  }

  /** Refuses early what no handshake can make good; the hub decides on the rest. */
  @Override
  public boolean checkOrigin(@Nullable String origin) {
    return hub.allowedOrigins().mayAllow(origin);
  }

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    // These are the connection's own properties since WebSocket 2.1.
    SessionHandshake.keep(request, config.getUserProperties());
  }

  /**
   * None: deflate costs hundreds of kilobytes a connection and does not make small frames smaller.
   */
  @Override
  public List<Extension> getNegotiatedExtensions(
      List<Extension> installed, List<Extension> requested) {
    return List.of();
  }

  @Override
  public <T> T getEndpointInstance(Class<T> endpointClass) {
    return endpointClass.cast(new ViewerEndpoint(hub));
  }
}

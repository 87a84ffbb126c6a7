package io.agentstream.jakarta;

import io.agentstream.hub.ConversationHub;
import io.agentstream.wire.Protocol;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates endpoints and answers handshakes. */
final class ViewerConfigurator extends ServerEndpointConfig.Configurator {

  private final ConversationHub hub;
  private final Logins logins;

  ViewerConfigurator(ConversationHub hub, Logins logins) {
    this.hub = hub;
    this.logins = logins;
  }

  /**
   * Selects version 1 or, if it is not offered, the first offered subprotocol. A browser whose
   * offer is ignored fails the handshake with 1006 and never sees the close code with the reason.
   */
  @Override
  public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
    if (requested.isEmpty() || requested.contains(Protocol.SUBPROTOCOL)) {
      return requested.isEmpty() ? "" : Protocol.SUBPROTOCOL;
    }
    return requested.get(0);
  }

  /** Refuses origins that can never be allowed; the hub decides on all others. */
  @Override
  public boolean checkOrigin(@Nullable String origin) {
    return hub.allowedOrigins().mayAllow(origin);
  }

  @Override
  public void modifyHandshake(
      ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
    // Since WebSocket 2.1 these are the connection's own properties.
    SessionHandshake.keep(request, config.getUserProperties());
  }

  /**
   * Returns none: deflate costs hundreds of kilobytes for each connection and does not make small
   * frames smaller.
   */
  @Override
  public List<Extension> getNegotiatedExtensions(
      List<Extension> installed, List<Extension> requested) {
    return List.of();
  }

  @Override
  public <T> T getEndpointInstance(Class<T> endpointClass) {
    return endpointClass.cast(new ViewerEndpoint(hub, logins));
  }
}

package io.agentstream.jakarta;

import io.agentstream.hub.ConversationHub;
import io.agentstream.wire.Protocol;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates endpoints and answers handshakes. */
final class ViewerConfigurator extends ServerEndpointConfig.Configurator {

  private static final String PROBE = ViewerConfigurator.class.getName();

  private final ConversationHub hub;
  private final Logins logins;

  // Set before the container knows the endpoint.
  private Map<String, Object> registered = Map.of();

  private ViewerConfigurator(ConversationHub hub, Logins logins) {
    this.hub = hub;
    this.logins = logins;
  }

  /** Returns an endpoint for this hub. */
  static ServerEndpointConfig endpoint(String path, ConversationHub hub, Logins logins) {
    ViewerConfigurator configurator = new ViewerConfigurator(hub, logins);
    ServerEndpointConfig endpoint =
        ServerEndpointConfig.Builder.create(ViewerEndpoint.class, path)
            .subprotocols(List.of(Protocol.SUBPROTOCOL))
            .configurator(configurator)
            .build();
    configurator.registered = endpoint.getUserProperties();
    return endpoint;
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
    Map<String, Object> properties = config.getUserProperties();
    if (!areShared(properties)) {
      SessionHandshake.keep(request, properties);
    }
  }

  /**
   * Returns true if these are the properties of every connection, as before WebSocket 2.1. Of two
   * handshakes at once, one viewer would get the other's cookies and user. Without a handshake the
   * endpoint lets nobody in.
   */
  private boolean areShared(Map<String, Object> properties) {
    properties.put(PROBE, true);
    return registered.containsKey(PROBE);
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

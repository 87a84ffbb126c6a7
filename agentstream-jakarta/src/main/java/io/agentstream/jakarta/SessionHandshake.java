package io.agentstream.jakarta;

import io.agentstream.identity.Handshake;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes what the handshake told to the session that comes of it. */
final class SessionHandshake {

  private static final String KEY = SessionHandshake.class.getName();

  /** Jetty's name for it; the specification has none. */
  private static final String REMOTE_ADDRESS = "jakarta.websocket.endpoint.remoteAddress";

  private SessionHandshake() {}

  /**
   * Called while the handshake is answered.
   *
   * @param properties those of the connection to be
   */
  static void keep(HandshakeRequest request, Map<String, Object> properties) {
    Principal principal = request.getUserPrincipal();
    properties.put(
        KEY,
        new Told(
            request.getHeaders(),
            principal == null ? null : principal.getName(),
            ClientAddress.current()));
  }

  /** What was kept; null if the container has lost it. */
  static @Nullable Handshake of(Session session) {
    Map<String, Object> properties = session.getUserProperties();
    // Not needed again, and it holds what is secret.
    if (!(properties.remove(KEY) instanceof Told told)) {
      return null;
    }
    return new Handshake(
        told.headers,
        session.isSecure(),
        addressOf(properties, told),
        told.principal,
        session.getNegotiatedSubprotocol());
  }

  private static @Nullable String addressOf(Map<String, Object> properties, Told told) {
    return properties.get(REMOTE_ADDRESS) instanceof InetSocketAddress address
        ? text(address)
        : told.address;
  }

  private static @Nullable String text(InetSocketAddress address) {
    return address.getAddress() == null ? null : address.getAddress().getHostAddress();
  }

  private record Told(
      Map<String, List<String>> headers, @Nullable String principal, @Nullable String address) {}
}

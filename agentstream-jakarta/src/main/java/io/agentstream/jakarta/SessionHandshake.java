package io.agentstream.jakarta;

import io.agentstream.identity.Handshake;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Passes data of the handshake on to its session. */
final class SessionHandshake {

  private static final String KEY = SessionHandshake.class.getName();

  /** Jetty's property for the client address; the specification has none. */
  private static final String REMOTE_ADDRESS = "jakarta.websocket.endpoint.remoteAddress";

  private SessionHandshake() {}

  /**
   * Stores the handshake's data. Called while the handshake is answered.
   *
   * @param properties the properties of the future connection
   */
  static void keep(HandshakeRequest request, Map<String, Object> properties) {
    Principal principal = request.getUserPrincipal();
    properties.put(
        KEY,
        new Told(
            request.getHeaders(),
            principal == null ? null : principal.getName(),
            ClientAddress.current(),
            principal == null ? null : request.getHttpSession()));
  }

  /**
   * The stored data of a handshake.
   *
   * @param httpSession the HTTP session of an authenticated user, or null
   */
  record Kept(Handshake handshake, @Nullable Object httpSession) {}

  /** Returns the stored handshake, or null if the container has lost it. */
  static @Nullable Kept of(Session session) {
    Map<String, Object> properties = session.getUserProperties();
    // Removed because it is not needed again and holds secrets.
    if (!(properties.remove(KEY) instanceof Told told)) {
      return null;
    }
    Handshake handshake =
        new Handshake(
            told.headers,
            session.isSecure(),
            addressOf(properties, told),
            told.principal,
            session.getNegotiatedSubprotocol());
    return new Kept(handshake, told.httpSession);
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
      Map<String, List<String>> headers,
      @Nullable String principal,
      @Nullable String address,
      @Nullable Object httpSession) {}
}

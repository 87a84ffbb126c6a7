package io.agentstream.jakarta;

import io.agentstream.hub.ConversationHub;
import io.agentstream.viewer.ViewerConnection;
import io.agentstream.wire.CloseCode;
import io.agentstream.wire.Protocol;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects one socket to a {@link ViewerConnection}. Not part of the API; it is public because
 * Jetty refuses an endpoint class that is not.
 */
public final class ViewerEndpoint extends Endpoint {

  private static final Logger log = LoggerFactory.getLogger(ViewerEndpoint.class);

  private final ConversationHub hub;
  private final Logins logins;
  private volatile @Nullable ViewerConnection connection;
  private volatile @Nullable Runnable leave;

  ViewerEndpoint(ConversationHub hub, Logins logins) {
    this.hub = hub;
    this.logins = logins;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    // Set explicitly, because defaults differ from 30 seconds on Jetty to none on Tomcat.
    session.setMaxIdleTimeout(hub.timeouts().connection().toMillis());
    SessionTransport transport = new SessionTransport(session, hub.timeouts().stuckWrite());
    String subprotocol = session.getNegotiatedSubprotocol();
    boolean original = subprotocol == null || subprotocol.isEmpty();
    if (!original && !Protocol.SUBPROTOCOL.equals(subprotocol)) {
      transport.close(CloseCode.UNKNOWN_VERSION.code(), CloseCode.UNKNOWN_VERSION.reason());
      return;
    }
    SessionHandshake.Kept kept = SessionHandshake.of(session);
    if (kept == null) {
      log.error(
          "This container does not keep the handshakes of connections apart (WebSocket 2.1):"
              + " nobody is let in");
      transport.close(CloseCode.INTERNAL_ERROR.code(), CloseCode.INTERNAL_ERROR.reason());
      return;
    }
    ViewerConnection opened = hub.connect(transport, original, kept.handshake());
    connection = opened;
    session.addMessageHandler(new TextHandler(opened));
    session.addMessageHandler(new BinaryHandler(opened, transport));
    session.addMessageHandler(new PongHandler(opened));
    leave = logins.opened(kept.httpSession(), () -> loggedOut(opened, transport));
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    ViewerConnection opened = connection;
    if (opened != null) {
      opened.closed();
    }
    Runnable registered = leave;
    if (registered != null) {
      registered.run();
    }
  }

  private static void loggedOut(ViewerConnection connection, SessionTransport transport) {
    connection.closed();
    CloseCode code = CloseCode.AUTHENTICATION_EXPIRED;
    transport.close(code.code(), code.reason());
  }

  @Override
  public void onError(Session session, Throwable error) {
    // Usually a viewer's lost connection; onClose follows, or the heartbeat notices.
    log.debug("Session {}: {}", session.getId(), error.getClass().getName());
  }

  /**
   * Receives partial messages, so that a message over the limit is refused without closing the
   * connection.
   */
  private record TextHandler(ViewerConnection connection)
      implements MessageHandler.Partial<String> {
    @Override
    public void onMessage(String part, boolean last) {
      connection.receive(part, last);
    }
  }

  /**
   * Refuses binary messages, which the protocol does not use; without this method Jetty ignores
   * them.
   */
  private record BinaryHandler(ViewerConnection connection, SessionTransport transport)
      implements MessageHandler.Partial<ByteBuffer> {
    @Override
    public void onMessage(ByteBuffer part, boolean last) {
      connection.closed();
      transport.close(CloseCodes.CANNOT_ACCEPT.getCode(), "text messages only");
    }
  }

  private record PongHandler(ViewerConnection connection)
      implements MessageHandler.Whole<PongMessage> {
    @Override
    public void onMessage(PongMessage pong) {
      connection.pongReceived();
    }
  }
}

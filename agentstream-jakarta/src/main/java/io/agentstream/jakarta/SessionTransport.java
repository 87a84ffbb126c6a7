package io.agentstream.jakarta;

import io.agentstream.delivery.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends through a Jakarta WebSocket session. */
final class SessionTransport implements Transport {

  private static final Logger log = LoggerFactory.getLogger(SessionTransport.class);

  private final Session session;
  private final RemoteEndpoint.Async remote;

  SessionTransport(Session session) {
    this.session = session;
    this.remote = session.getAsyncRemote();
  }

  @Override
  public void send(String message, Consumer<@Nullable Throwable> onSent) {
    remote.sendText(message, result -> onSent.accept(result.isOK() ? null : failure(result)));
  }

  private static Throwable failure(jakarta.websocket.SendResult result) {
    Throwable cause = result.getException();
    return cause != null ? cause : new IOException("The send failed");
  }

  @Override
  public void ping() {
    try {
      remote.sendPing(ByteBuffer.allocate(0));
    } catch (IOException | IllegalStateException | IllegalArgumentException e) {
      // The heartbeat closes the connection if it is really gone.
      log.debug("Session {}: no ping, {}", session.getId(), e.getClass().getName());
    }
  }

  @Override
  public void close(int code, String reason) {
    try {
      session.close(new CloseReason(CloseCodes.getCloseCode(code), reason));
    } catch (IOException | IllegalStateException e) {
      log.debug("Session {}: no close, {}", session.getId(), e.getClass().getName());
    }
  }
}

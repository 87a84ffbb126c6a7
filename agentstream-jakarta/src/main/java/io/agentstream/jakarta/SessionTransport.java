package io.agentstream.jakarta;

import io.agentstream.delivery.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends through a Jakarta WebSocket session. No method blocks: texts are sent asynchronously, and
 * what containers do on the caller's thread is left to {@link BlockingCalls} where it may wait.
 */
final class SessionTransport implements Transport {

  private static final Logger log = LoggerFactory.getLogger(SessionTransport.class);

  private final Session session;
  private final RemoteEndpoint.Async remote;
  private final long lingerMillis;

  // The sender clears sending and then looks for a ping that is due; the pinger sets the ping due
  // and then looks whether something is being sent. So one of them sees the other.
  private volatile boolean sending;
  private final AtomicBoolean pingDue = new AtomicBoolean();

  /**
   * @param linger how long a socket that is being closed may take no bytes before it is cut
   */
  SessionTransport(Session session, Duration linger) {
    this.session = session;
    this.remote = session.getAsyncRemote();
    this.lingerMillis = linger.toMillis();
  }

  @Override
  public void send(String message, Consumer<@Nullable Throwable> onSent) {
    sending = true;
    remote.sendText(
        message,
        result -> {
          sending = false;
          pingIfDue();
          onSent.accept(result.isOK() ? null : failure(result));
        });
  }

  private static Throwable failure(SendResult result) {
    Throwable cause = result.getException();
    return cause != null ? cause : new IOException("The send failed");
  }

  /** Pings between two texts, since on Jetty a ping waits for the text that is being sent. */
  @Override
  public void ping() {
    pingDue.set(true);
    if (!sending) {
      pingIfDue();
    }
  }

  private void pingIfDue() {
    if (pingDue.get() && pingDue.compareAndSet(true, false)) {
      BlockingCalls.execute(this::pingNow);
    }
  }

  private void pingNow() {
    try {
      remote.sendPing(ByteBuffer.allocate(0));
    } catch (IOException | RuntimeException e) {
      // The heartbeat closes the connection if it is really gone. Tyrus, when it stops, throws what
      // its own executor threw.
      log.debug("Session {}: no ping, {}", session.getId(), e.getClass().getName());
    }
  }

  /** Closes at once, except behind a text that may be stuck: Tomcat waits for that. */
  @Override
  public void close(int code, String reason) {
    CloseReason why = new CloseReason(CloseCodes.getCloseCode(code), reason);
    if (sending) {
      BlockingCalls.execute(() -> closeNow(why));
    } else {
      closeNow(why);
    }
  }

  private void closeNow(CloseReason why) {
    cutWhenIdle();
    try {
      session.close(why);
    } catch (IOException | RuntimeException e) {
      log.debug("Session {}: no close, {}", session.getId(), e.getClass().getName());
    }
  }

  /** Jetty keeps the socket until the other side answers; idle, it is cut. */
  private void cutWhenIdle() {
    try {
      session.setMaxIdleTimeout(lingerMillis);
    } catch (RuntimeException e) {
      // Tyrus, when it stops; and a session that is closed already has none.
      log.debug("Session {}: no idle timeout, {}", session.getId(), e.getClass().getName());
    }
  }
}

package io.agentstream.jakarta;

import io.agentstream.internal.LibraryCode;
import io.agentstream.viewer.Transport;
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
 * container calls that may wait run in {@link BlockingCalls}.
 */
final class SessionTransport implements Transport, LibraryCode {

  private static final Logger log = LoggerFactory.getLogger(SessionTransport.class);

  private final Session session;
  private final RemoteEndpoint.Async remote;
  private final long lingerMillis;

  // The sender clears sending and then checks for a due ping; the pinger marks the ping as due and
  // then checks whether a send is in progress. So at least one of them sees the other.
  private volatile boolean sending;
  private final AtomicBoolean pingDue = new AtomicBoolean();

  /**
   * @param linger how long a socket that is being closed may take no bytes before it is aborted
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

  /**
   * Sends a ping between two texts, because on Jetty a ping waits for the text that is being sent.
   */
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
      // If the connection is really dead, the heartbeat closes it. When Tyrus stops, it rethrows
      // exceptions of its own executor.
      log.debug("Session {}: no ping, {}", session.getId(), e.getClass().getName());
    }
  }

  /**
   * Closes at once, except behind a text that may be stuck, because Tomcat would wait for that
   * text.
   */
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

  /** Sets an idle timeout, because Jetty keeps the socket until the other side answers. */
  private void cutWhenIdle() {
    try {
      session.setMaxIdleTimeout(lingerMillis);
    } catch (RuntimeException e) {
      // Tyrus throws this when it stops; a session that is already closed has no timeout.
      log.debug("Session {}: no idle timeout, {}", session.getId(), e.getClass().getName());
    }
  }
}

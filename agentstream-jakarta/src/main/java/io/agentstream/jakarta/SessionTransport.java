package io.agentstream.jakarta;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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

  /**
   * How long Tomcat may take for a close frame with another code than 1000, in milliseconds.
   * Without it, Tomcat cuts the connection after 50 ms, so that on a busy machine viewers get no
   * code.
   */
  static final String CLOSE_PATIENCE =
      "org.apache.tomcat.websocket.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";

  private static final Long CLOSE_PATIENCE_MILLIS = 2_000L;
  private static final long LEAST_CLOSE_PATIENCE_MILLIS = 50;

  /**
   * The closes that have begun to wait for a text lately. They share the patience, because a Tomcat
   * that stops waits for one after the other.
   */
  private static final AtomicInteger WAITING = new AtomicInteger();

  private final Session session;
  private final RemoteEndpoint.Async remote;
  private final long lingerMillis;

  // The sender clears sending and then checks for a due ping or close; who pings or closes marks it
  // as due and then checks whether a send is in progress. So at least one of them sees the other.
  private volatile boolean sending;
  private final AtomicBoolean pingDue = new AtomicBoolean();
  private final AtomicReference<@Nullable CloseReason> closeDue = new AtomicReference<>();

  /**
   * @param linger how long a socket that is being closed may take no bytes before it is aborted
   */
  SessionTransport(Session session, Duration linger) {
    this.session = session;
    this.remote = session.getAsyncRemote();
    this.lingerMillis = linger.toMillis();
    // A Tomcat that stops may close the session before the hub does.
    allow(CLOSE_PATIENCE_MILLIS);
  }

  @Override
  public void send(String message, Consumer<@Nullable Throwable> onSent) {
    sending = true;
    remote.sendText(
        message,
        result -> {
          sending = false;
          pingIfDue();
          if (closeDue.get() != null) {
            BlockingCalls.execute(this::closeAfterText);
          }
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
   * Closes at once, except behind a text that is being sent: Tomcat would wait for the text, and
   * then cut the connection. If the text is stuck, the container closes as well as it can.
   */
  @Override
  public void close(int code, String reason) {
    closeDue.set(new CloseReason(CloseCodes.getCloseCode(code), reason));
    if (sending) {
      allow(
          Math.max(LEAST_CLOSE_PATIENCE_MILLIS, CLOSE_PATIENCE_MILLIS / WAITING.incrementAndGet()));
      BlockingCalls.execute(this::cutWhenIdle);
      CompletableFuture.delayedExecutor(lingerMillis, MILLISECONDS, BlockingCalls::execute)
          .execute(this::waitNoMore);
    } else {
      cutWhenIdle();
      closeIfDue();
    }
  }

  /** Has all the patience again, because Tomcat waits for no text any more. */
  private void closeAfterText() {
    allow(CLOSE_PATIENCE_MILLIS);
    closeIfDue();
  }

  private void waitNoMore() {
    WAITING.decrementAndGet();
    closeIfDue();
  }

  private void closeIfDue() {
    CloseReason why = closeDue.getAndSet(null);
    if (why == null) {
      return;
    }
    try {
      session.close(why);
    } catch (IOException | RuntimeException e) {
      log.debug("Session {}: no close, {}", session.getId(), e.getClass().getName());
    }
  }

  private void allow(Long closePatienceMillis) {
    try {
      session.getUserProperties().put(CLOSE_PATIENCE, closePatienceMillis);
    } catch (RuntimeException e) {
      // A session that is already closed has no properties.
      log.debug("Session {}: no patience, {}", session.getId(), e.getClass().getName());
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

package io.agentstream.http.door;

import io.agentstream.time.ChatClock;
import io.agentstream.time.ChatClock.Alarm;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The part of a request that the client still sends. Over HTTP/1.1 a connection whose request was
 * not received to its end is closed, and if bytes arrive after that, the client's system may throw
 * away a response that it has not read yet. HTTP/2 has no such problem. Thread-safe.
 */
final class RequestRest implements ReadListener {

  /** So much is received and dropped for the sake of a refusal; Tomcat swallows as much. */
  static final long MOST_BYTES = 2L * 1024 * 1024;

  private static final Duration LONGEST = Duration.ofSeconds(2);
  private static final int BUFFER_BYTES = 8192;

  private final HttpServletRequest request;
  private final ChatClock clock;

  // Guarded by this.
  private boolean left;
  private boolean readByAnother;
  private boolean droppedByAnother;
  private @Nullable Runnable then;
  private @Nullable Alarm alarm;

  // Used by the container's callbacks alone, which come one after the other.
  private @Nullable ServletInputStream in;
  private long dropped;

  RequestRest(HttpServletRequest request, ChatClock clock) {
    this.request = request;
    this.clock = clock;
    this.left =
        request.getProtocol().startsWith("HTTP/1")
            && (request.getContentLengthLong() > 0
                || request.getHeader("Transfer-Encoding") != null);
  }

  /** Returns whether the connection has to be closed after the response. */
  synchronized boolean isLeft() {
    return left;
  }

  /** Reports that the body was received to its end. */
  void markComplete() {
    synchronized (this) {
      left = false;
    }
    proceed();
  }

  /** Reports that somebody reads the body, so that it cannot be skipped any more. */
  synchronized void markReadByAnother() {
    readByAnother = true;
  }

  /** Reports that who reads the body drops its rest, and marks it as complete when it has come. */
  synchronized void markDroppedByAnother() {
    droppedByAnother = true;
  }

  /**
   * Drops the rest of a body of up to 2 MiB that comes within 2 seconds, or lets who reads the body
   * drop it, and continues; at once if nothing is left, if the client waits for permission to send,
   * or if somebody reads the body for another purpose.
   */
  void skip(Runnable next) {
    boolean waits;
    boolean reads;
    synchronized (this) {
      reads =
          !readByAnother
              && request.getContentLengthLong() <= MOST_BYTES
              && request.getHeader("Expect") == null;
      waits = left && (reads || droppedByAnother);
      if (waits) {
        then = next;
        alarm = clock.schedule(LONGEST, this::proceed);
      }
    }
    if (!waits) {
      next.run();
    } else if (reads) {
      read();
    }
  }

  private void read() {
    try {
      in = request.getInputStream();
      in.setReadListener(this);
    } catch (IOException | RuntimeException e) {
      proceed();
    }
  }

  @Override
  public void onDataAvailable() throws IOException {
    ServletInputStream open = in;
    byte[] into = new byte[BUFFER_BYTES];
    while (open != null && isWaiting() && open.isReady()) {
      int length = open.read(into);
      if (length < 0) {
        return;
      }
      dropped += length;
      if (dropped > MOST_BYTES) {
        proceed();
      }
    }
  }

  @Override
  public void onAllDataRead() {
    markComplete();
  }

  @Override
  public void onError(Throwable failure) {
    proceed();
  }

  private synchronized boolean isWaiting() {
    return then != null;
  }

  private void proceed() {
    Runnable next;
    synchronized (this) {
      next = then;
      then = null;
      if (alarm != null) {
        alarm.cancel();
      }
    }
    if (next != null) {
      next.run();
    }
  }
}

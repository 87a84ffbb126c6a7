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

  /** So much more than a body may have is received and dropped for the sake of a refusal. */
  static final long MOST_BYTES = 16L * 1024 * 1024;

  // As long as nginx waits: its lingering_timeout and lingering_time.
  private static final Duration LONGEST_GAP = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private static final int BUFFER_BYTES = 8192;

  private final HttpServletRequest request;
  private final ChatClock clock;
  private final long mostBytes;

  // Guarded by this.
  private boolean left;
  private boolean readByAnother;
  private boolean droppedByAnother;
  private @Nullable Runnable then;
  private @Nullable Alarm alarm;
  private long latest;
  private long lastCame;

  // Used by the container's callbacks alone, which come one after the other.
  private @Nullable ServletInputStream in;
  private long dropped;

  /**
   * @param longestBody the bytes that the longest body of all requests may have
   */
  RequestRest(HttpServletRequest request, ChatClock clock, int longestBody) {
    this.request = request;
    this.clock = clock;
    this.mostBytes = longestBody + MOST_BYTES;
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

  /** Reports that bytes have come which are dropped. */
  synchronized void markComing() {
    lastCame = clock.nanoTime();
  }

  /**
   * Drops the rest of a body of up to 16 MiB beyond the longest, or lets who reads the body drop
   * it, and continues. Waits up to 5 seconds for each part and 30 seconds for all. Continues at
   * once if nothing is left, if the client waits for permission to send, or if somebody reads the
   * body for another purpose.
   */
  void skip(Runnable next) {
    boolean waits;
    boolean reads;
    synchronized (this) {
      reads =
          !readByAnother
              && request.getContentLengthLong() <= mostBytes
              && request.getHeader("Expect") == null;
      waits = left && (reads || droppedByAnother);
      if (waits) {
        then = next;
        lastCame = clock.nanoTime();
        latest = lastCame + LONGEST.toNanos();
        alarm = clock.schedule(LONGEST_GAP, this::giveUpOrWait);
      }
    }
    if (!waits) {
      next.run();
    } else if (reads) {
      read();
    }
  }

  private void giveUpOrWait() {
    synchronized (this) {
      long until = Math.min(lastCame + LONGEST_GAP.toNanos(), latest);
      long left = until - clock.nanoTime();
      if (then != null && left > 0) {
        alarm = clock.schedule(Duration.ofNanos(left), this::giveUpOrWait);
        return;
      }
    }
    proceed();
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
      markComing();
      if (dropped > mostBytes) {
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

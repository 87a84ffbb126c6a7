package io.agentstream.http.door;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a response without blocking, one text at a time. A text is written when the container's
 * buffer has passed it on.
 */
final class ResponseWriter implements WriteListener {

  private final ServletOutputStream out;
  private final Runnable onBroken;

  /** Held while the container's stream is used. */
  private final ReentrantLock inUse = new ReentrantLock();

  private boolean closed;
  private volatile boolean reportAwaited;
  private volatile @Nullable Thread container;

  // Guarded by this.
  private boolean opened;
  private @Nullable Throwable failure;
  private @Nullable Part part;

  /**
   * Begins to write; the response's status and headers must have been set.
   *
   * @param onBroken called on a container's thread if it reports that the client has gone while
   *     nothing is being written, or after a write has failed on another thread
   */
  ResponseWriter(ServletOutputStream out, Runnable onBroken) {
    this.out = out;
    this.onBroken = onBroken;
  }

  /** Registers with the container; the asynchronous context must have been started. */
  void open() {
    out.setWriteListener(this);
  }

  /**
   * Begins to write a text. Never called while another is being written.
   *
   * @param onWritten called once, on any thread: with null, or with the failure
   */
  void write(String text, Consumer<@Nullable Throwable> onWritten) {
    Part next = new Part(text.getBytes(StandardCharsets.UTF_8), onWritten);
    Throwable failed;
    boolean possible;
    synchronized (this) {
      failed = failure;
      possible = opened;
      if (failed == null) {
        part = next;
      }
    }
    if (failed != null) {
      onWritten.accept(failed);
    } else if (possible) {
      advance(next);
    }
  }

  @Override
  public void onWritePossible() {
    Part waiting;
    synchronized (this) {
      opened = true;
      waiting = part;
    }
    if (waiting != null) {
      container = Thread.currentThread();
      try {
        advance(waiting);
      } finally {
        container = null;
      }
    }
  }

  /** Continues until the container asks to wait; it then calls {@link #onWritePossible}. */
  private void advance(Part current) {
    try {
      Step taken = step(current);
      while (taken != null && taken != Step.DONE) {
        taken = step(current);
      }
      if (taken == Step.DONE) {
        synchronized (this) {
          part = null;
        }
        current.onWritten.accept(null);
      }
    } catch (Exception e) {
      reportAwaited = !Thread.currentThread().equals(container);
      fail(e);
    }
  }

  /** Takes the next step with a text, and returns it; null if the container asks to wait. */
  private @Nullable Step step(Part current) throws IOException {
    inUse.lock();
    try {
      if (closed) {
        throw new IOException("the call is over");
      }
      if (!out.isReady()) {
        return null;
      }
      Step next = current.step;
      if (next == Step.WRITE) {
        current.step = Step.FLUSH;
        out.write(current.bytes);
      } else if (next == Step.FLUSH) {
        current.step = Step.DONE;
        out.flush();
      }
      return next;
    } finally {
      inUse.unlock();
    }
  }

  /**
   * Uses the container's stream no more, and waits until a thread that is using it has left it. A
   * container calls its listeners before it uses the objects of this call for another one: a write
   * that comes later, or fails later, would harm that one.
   */
  void close() {
    inUse.lock();
    try {
      closed = true;
    } finally {
      inUse.unlock();
    }
  }

  /**
   * Returns true if a write has failed on a thread that is not the container's. The container
   * reports the failure on a thread of its own then. Before that, nobody else may end the call:
   * Tomcat would end it twice, and the second time ends the next call that uses the same objects.
   */
  boolean isReportAwaited() {
    return reportAwaited;
  }

  @Override
  public void onError(Throwable failure) {
    fail(failure);
  }

  private void fail(Throwable cause) {
    Part broken;
    synchronized (this) {
      broken = part;
      part = null;
      failure = cause;
    }
    if (broken != null) {
      broken.onWritten.accept(cause);
    } else {
      onBroken.run();
    }
  }

  /** Returns true if a text is being written. */
  synchronized boolean isBusy() {
    return part != null;
  }

  private enum Step {
    WRITE,
    FLUSH,
    DONE
  }

  /** A text on its way. One thread at a time advances it. */
  private static final class Part {

    private final byte[] bytes;
    private final Consumer<@Nullable Throwable> onWritten;
    private volatile Step step = Step.WRITE;

    Part(byte[] bytes, Consumer<@Nullable Throwable> onWritten) {
      this.bytes = bytes;
      this.onWritten = onWritten;
    }
  }
}

package io.agentstream.http.door;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a response without blocking, one text at a time. A text is written when the container's
 * buffer has passed it on.
 */
final class ResponseWriter implements WriteListener {

  private final ServletOutputStream out;
  private final Runnable onBroken;

  // Guarded by this.
  private boolean opened;
  private @Nullable Throwable failure;
  private @Nullable Part part;

  /**
   * Begins to write; the response's status and headers must have been set.
   *
   * @param onBroken called if the client has gone while nothing is being written: a container may
   *     report a write as done and notice afterwards that it failed
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
      advance(waiting);
    }
  }

  /** Continues until the container asks to wait; it then calls {@link #onWritePossible}. */
  private void advance(Part current) {
    try {
      while (out.isReady()) {
        switch (current.step) {
          case WRITE -> {
            current.step = Step.FLUSH;
            out.write(current.bytes);
          }
          case FLUSH -> {
            current.step = Step.DONE;
            out.flush();
          }
          case DONE -> {
            synchronized (this) {
              part = null;
            }
            current.onWritten.accept(null);
            return;
          }
        }
      }
    } catch (Exception e) {
      fail(e);
    }
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

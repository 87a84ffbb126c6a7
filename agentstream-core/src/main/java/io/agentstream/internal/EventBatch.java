package io.agentstream.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of one read from a model server. Code that sends an event on may wait for the end of
 * the batch. That causes no delay, because the rest of the batch is already there. So events that
 * arrive together leave together, in one write.
 *
 * <p>The reader of a stream keeps one batch, and begins and ends it around each read, on one
 * thread. A batch that begins inside another batch of the same thread is a part of that one and
 * does nothing itself.
 */
public final class EventBatch {

  private static final Logger log = LoggerFactory.getLogger(EventBatch.class);

  private static final ThreadLocal<@Nullable EventBatch> CURRENT = new ThreadLocal<>();

  private final List<Runnable> atEnd = new ArrayList<>(1);

  /** Returns the calling thread's current batch, or null. It must not be used by another thread. */
  public static @Nullable EventBatch current() {
    return CURRENT.get();
  }

  /** Runs {@code task} on this thread at the end of the batch. */
  public void atEnd(Runnable task) {
    atEnd.add(task);
  }

  /** Begins the batch on the calling thread. */
  public void begin() {
    if (CURRENT.get() == null) {
      CURRENT.set(this);
    }
  }

  /** Ends the batch and runs the waiting tasks in order. Call it in a {@code finally} block. */
  public void end() {
    if (!isCurrent()) {
      return;
    }
    // Not removed, because that would allocate a new entry for each batch.
    CURRENT.set(null);
    for (int i = 0; i < atEnd.size(); i++) {
      call(atEnd.get(i));
    }
    atEnd.clear();
  }

  @SuppressWarnings("ReferenceEquality") // This very batch, or one around it.
  private boolean isCurrent() {
    return CURRENT.get() == this;
  }

  private static void call(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      UserCode.caught(e);
      // The thread serves every stream of the client, so nothing is thrown. Logged without the
      // message, which may quote content.
      log.warn(
          "A task at the end of a batch threw {}",
          e.getClass().getName(),
          e instanceof VirtualMachineError ? e : null);
    }
  }
}

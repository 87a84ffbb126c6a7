package io.agentstream.time;

import io.agentstream.internal.UserCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events that one read from a model server brings. Whoever sends on what came with an event may
 * wait for the end of the batch, which costs no time: the rest is here already. So what comes
 * together leaves together, in one write.
 *
 * <p>Whoever reads keeps one for its stream, and begins and ends it around each read, on one
 * thread. While another batch is gone through on that thread, it is a part of that and does nothing
 * itself.
 */
public final class EventBatch {

  private static final Logger log = LoggerFactory.getLogger(EventBatch.class);

  private static final ThreadLocal<@Nullable EventBatch> CURRENT = new ThreadLocal<>();

  private final List<Runnable> atEnd = new ArrayList<>(1);

  /**
   * The batch that the calling thread goes through; null if it goes through none. Not to be used by
   * another thread.
   */
  public static @Nullable EventBatch current() {
    return CURRENT.get();
  }

  /** Calls {@code task} on this thread when the batch has been gone through. */
  public void atEnd(Runnable task) {
    atEnd.add(task);
  }

  /** The calling thread goes through this batch until {@link #end}. */
  public void begin() {
    if (CURRENT.get() == null) {
      CURRENT.set(this);
    }
  }

  /** Calls what waits, in the order it came; belongs into a {@code finally}. */
  public void end() {
    if (!isCurrent()) {
      return;
    }
    // Not removed: that would allocate an entry anew for each batch.
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
      // The thread belongs to every stream of the client. Without its message, which may quote.
      log.warn(
          "What waited for the end of a batch threw {}",
          e.getClass().getName(),
          e instanceof VirtualMachineError ? e : null);
    }
  }
}

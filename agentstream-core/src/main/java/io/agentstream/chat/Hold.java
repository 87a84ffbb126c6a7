package io.agentstream.chat;

import io.agentstream.event.PauseReason;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pauses all conversations that have it, while something that they need is away: current speakers
 * finish, no further turn begins, and no person can end the pause. It also counts for conversations
 * and runs that begin meanwhile. Thread-safe.
 */
public final class Hold {

  // Guarded by this.
  private final Set<PauseReason> reasons = EnumSet.noneOf(PauseReason.class);
  private final Set<Runnable> waiting = new LinkedHashSet<>();

  /** Begins to hold conversations for this reason. */
  public synchronized void begin(PauseReason reason) {
    reasons.add(reason);
  }

  /** Lets conversations continue, unless another reason holds them. */
  public void end(PauseReason reason) {
    List<Runnable> over;
    synchronized (this) {
      reasons.remove(reason);
      if (!reasons.isEmpty()) {
        return;
      }
      over = List.copyOf(waiting);
      waiting.clear();
    }
    over.forEach(Runnable::run);
  }

  /** Returns the reason for which conversations are held; null if they are not. */
  public synchronized @Nullable PauseReason reason() {
    return reasons.isEmpty() ? null : reasons.iterator().next();
  }

  /** Runs the task once nothing holds conversations; at once if nothing does now. */
  void whenOver(Runnable task) {
    synchronized (this) {
      if (!reasons.isEmpty()) {
        waiting.add(task);
        return;
      }
    }
    task.run();
  }

  /** Forgets a task that waits. */
  synchronized void forget(Runnable task) {
    waiting.remove(task);
  }
}

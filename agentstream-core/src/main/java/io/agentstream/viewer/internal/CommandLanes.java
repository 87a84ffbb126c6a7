package io.agentstream.viewer.internal;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Orders the commands of one connection: commands of one lane are carried out one after the other,
 * and lanes do not wait for each other. Thread-safe.
 */
final class CommandLanes {

  /** How many commands of one connection may wait for earlier ones. */
  static final int MOST_WAITING = 32;

  // Guarded by this. A lane exists while one of its commands is carried out.
  private final Map<String, Queue<Supplier<CompletionStage<?>>>> lanes = new HashMap<>();
  private int waiting;

  /**
   * Carries out a command, now or after the earlier ones.
   *
   * @param command returns a stage that completes when the next one may begin; must not throw
   * @return false if too many wait; the command is then not carried out
   */
  boolean submit(String lane, Supplier<CompletionStage<?>> command) {
    synchronized (this) {
      Queue<Supplier<CompletionStage<?>>> before = lanes.get(lane);
      if (before != null) {
        if (waiting >= MOST_WAITING) {
          return false;
        }
        waiting++;
        before.add(command);
        return true;
      }
      lanes.put(lane, new ArrayDeque<>());
    }
    run(lane, command);
    return true;
  }

  private void run(String lane, Supplier<CompletionStage<?>> first) {
    Supplier<CompletionStage<?>> command = first;
    while (command != null) {
      CompletableFuture<?> done = command.get().toCompletableFuture();
      if (!done.isDone()) {
        CompletableFuture<?> unused = done.whenComplete((result, failure) -> runNext(lane));
        return;
      }
      command = next(lane);
    }
  }

  private void runNext(String lane) {
    Supplier<CompletionStage<?>> command = next(lane);
    if (command != null) {
      run(lane, command);
    }
  }

  private synchronized @Nullable Supplier<CompletionStage<?>> next(String lane) {
    Queue<Supplier<CompletionStage<?>>> rest = lanes.get(lane);
    Supplier<CompletionStage<?>> next = rest == null ? null : rest.poll();
    if (next == null) {
      lanes.remove(lane);
    } else {
      waiting--;
    }
    return next;
  }
}

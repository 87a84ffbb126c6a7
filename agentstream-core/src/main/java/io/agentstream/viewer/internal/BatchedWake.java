package io.agentstream.viewer.internal;

import io.agentstream.time.EventBatch;
import org.jspecify.annotations.Nullable;

/** Runs a task once for all that one {@link EventBatch} brings. Thread-safe. */
final class BatchedWake {

  private final Runnable task;
  // One for all batches: a method reference would be one more object a batch.
  private final Runnable onBatchEnd = this::wakeAfterBatch;
  private volatile @Nullable EventBatch waitsFor;

  BatchedWake(Runnable task) {
    this.task = task;
  }

  /** Runs the task at the end of this thread's batch; now if there is none. */
  void wake() {
    EventBatch batch = EventBatch.current();
    if (batch == null) {
      task.run();
    } else if (!isWaitingFor(batch)) {
      waitsFor = batch;
      batch.atEnd(onBatchEnd);
    }
  }

  /**
   * Only the thread of the batch sets it and, at its end, clears it; what another thread writes in
   * between leads to a wake too many.
   */
  @SuppressWarnings("ReferenceEquality")
  private boolean isWaitingFor(EventBatch batch) {
    return waitsFor == batch;
  }

  private void wakeAfterBatch() {
    waitsFor = null;
    task.run();
  }
}

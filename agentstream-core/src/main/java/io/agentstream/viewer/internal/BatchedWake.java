package io.agentstream.viewer.internal;

import io.agentstream.internal.EventBatch;
import org.jspecify.annotations.Nullable;

/** Runs a task once for each {@link EventBatch}. Thread-safe. */
final class BatchedWake {

  private final Runnable task;
  // One object for all batches, because a method reference would allocate one for each.
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
   * Only the thread of the batch sets it and clears it at the end. A concurrent write of another
   * thread can only cause one unnecessary wake.
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

package io.agentstream.tests.property;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs its tasks when it is told to, in any order, or at once; as the setup says. */
final class HeldExecutor implements Executor {

  private final List<Runnable> tasks = new ArrayList<>();
  private final Setup.Execution execution;
  private int offered;

  HeldExecutor(Setup.Execution execution) {
    this.execution = execution;
  }

  @Override
  public void execute(Runnable task) {
    switch (execution) {
      case AT_ONCE -> task.run();
      case THROWING -> {
        task.run();
        throw new IllegalStateException("stubbed");
      }
      case HELD -> tasks.add(task);
      case REFUSING -> {
        if (++offered % 3 == 0) {
          throw new RejectedExecutionException("stubbed");
        }
        tasks.add(task);
      }
    }
  }

  boolean isIdle() {
    return tasks.isEmpty();
  }

  void runOne(int which) {
    if (!tasks.isEmpty()) {
      tasks.remove(which % tasks.size()).run();
    }
  }
}

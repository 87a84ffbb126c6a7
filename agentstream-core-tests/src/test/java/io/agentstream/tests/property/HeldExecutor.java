package io.agentstream.tests.property;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** Runs its tasks when it is told to, in any order. */
final class HeldExecutor implements Executor {

  private final List<Runnable> tasks = new ArrayList<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
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

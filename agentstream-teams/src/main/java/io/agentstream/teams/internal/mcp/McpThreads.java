package io.agentstream.teams.internal.mcp;

import io.agentstream.internal.TimeoutThread;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads for calls that block and for time limits. */
final class McpThreads {

  private McpThreads() {}

  /** Returns daemon threads of this name, as many as there are calls. */
  static ExecutorService named(String name) {
    TimeoutThread.start();
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}

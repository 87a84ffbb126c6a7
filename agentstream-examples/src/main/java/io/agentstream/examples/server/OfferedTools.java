package io.agentstream.examples.server;

import io.agentstream.time.ChatClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The tools' servers of the team files that were read so far. Those of an earlier file end when the
 * longest conversation that may use them is over. Thread-safe.
 */
final class OfferedTools implements AutoCloseable {

  private final Duration longestUse;
  private final List<Runnable> open = new ArrayList<>();

  OfferedTools(Runnable first, Duration longestUse) {
    this.longestUse = longestUse;
    open.add(first);
  }

  /** Takes over the tools of a new file. */
  synchronized void replace(Runnable tools) {
    for (Runnable earlier : List.copyOf(open)) {
      var unused = ChatClock.system().schedule(longestUse, () -> end(earlier));
    }
    open.add(tools);
  }

  private void end(Runnable tools) {
    synchronized (this) {
      if (!open.remove(tools)) {
        return;
      }
    }
    tools.run();
  }

  @Override
  public void close() {
    List<Runnable> all;
    synchronized (this) {
      all = List.copyOf(open);
      open.clear();
    }
    all.forEach(Runnable::run);
  }
}

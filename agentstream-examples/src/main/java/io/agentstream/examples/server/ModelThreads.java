package io.agentstream.examples.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Observes the threads that read from model servers, one for each selector of the JDK's HTTP
 * clients. If one of them is dead or stuck, so are its conversations. Thread-safe.
 */
final class ModelThreads {

  private static final String NAME_END = "-SelectorManager";
  private static final Duration LATEST = Duration.ofSeconds(10);

  private final List<Watched> threads = new ArrayList<>();

  /** Returns the current threads of HTTP clients, so that later ones can be recognised. */
  static Set<Thread> running() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().endsWith(NAME_END))
        .collect(Collectors.toSet());
  }

  /** Adds the threads that are not among {@code before}. */
  synchronized void addAllBut(Set<Thread> before) {
    for (Thread thread : running()) {
      if (!before.contains(thread)) {
        threads.add(new Watched(thread));
      }
    }
  }

  /**
   * Returns one sentence for each kind of problem. A thread counts as stuck if the calls to this
   * method have found it at the same place of a callback for 10 seconds; therefore call it every
   * few seconds.
   *
   * @param nanos the time, for durations only
   */
  synchronized List<String> problems(long nanos) {
    List<String> problems = new ArrayList<>();
    if (threads.stream().anyMatch(watched -> !watched.thread.isAlive())) {
      problems.add("A thread of the HTTP client to the model servers has ended");
    }
    // Checks all threads, even after finding a stuck one.
    if (threads.stream().filter(watched -> watched.isStuck(nanos)).count() > 0) {
      problems.add("A thread of the HTTP client to the model servers is stuck");
    }
    return problems;
  }

  /** A thread, and since when it has been at its current place. */
  private static final class Watched {

    private final Thread thread;
    private StackTraceElement[] seen = new StackTraceElement[0];
    private long since;

    Watched(Thread thread) {
      this.thread = thread;
    }

    boolean isStuck(long nanos) {
      StackTraceElement[] now = thread.getStackTrace();
      boolean selecting =
          Arrays.stream(now).limit(4).anyMatch(at -> at.getClassName().startsWith("sun.nio.ch."));
      if (selecting || now.length == 0 || !Arrays.equals(now, seen)) {
        seen = now;
        since = nanos;
        return false;
      }
      return nanos - since > LATEST.toNanos();
    }
  }
}

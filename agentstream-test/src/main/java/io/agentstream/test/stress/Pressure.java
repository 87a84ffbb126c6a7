package io.agentstream.test.stress;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the machine busy for this process, and for processes that it starts meanwhile, until it is
 * closed. A process may use one at a time.
 */
public final class Pressure implements AutoCloseable {

  /** The kinds of pressure. */
  public enum Kind {
    /** No pressure. */
    NONE,

    /** Two busy loops for each core. */
    BUSY_LOOPS,

    /** One core for everything; on a machine without {@code taskset} as {@link #NONE}. */
    ONE_CORE,

    /** One core, and a busy loop on it. */
    BUSY_CORE
  }

  private static final int LOOPS_PER_CORE = 2;
  private static final Pattern CORES = Pattern.compile("list: (\\S+)");

  private final List<Thread> loops = new ArrayList<>();
  private final @Nullable String coresBefore;
  private volatile boolean closed;

  private Pressure(int loops, boolean oneCore) {
    coresBefore = oneCore ? cores() : null;
    if (coresBefore != null) {
      run(coresBefore.split("[,-]", 2)[0]);
    }
    for (int i = 0; i < loops; i++) {
      Thread loop = new Thread(this::spin, "pressure-" + i);
      loop.setDaemon(true);
      loop.start();
      this.loops.add(loop);
    }
  }

  /** Starts pressure of a kind. */
  public static Pressure of(Kind kind) {
    return switch (kind) {
      case NONE -> new Pressure(0, false);
      case BUSY_LOOPS ->
          new Pressure(LOOPS_PER_CORE * Runtime.getRuntime().availableProcessors(), false);
      case ONE_CORE -> new Pressure(0, true);
      case BUSY_CORE -> new Pressure(1, true);
    };
  }

  private void spin() {
    while (!closed) {
      Thread.onSpinWait();
    }
  }

  /** Ends the pressure. */
  @Override
  public void close() {
    closed = true;
    for (Thread loop : loops) {
      try {
        loop.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (coresBefore != null) {
      run(coresBefore);
    }
  }

  /**
   * Returns the cores that this process may use, as {@code taskset} prints them; null without
   * {@code taskset}.
   */
  private static @Nullable String cores() {
    Matcher found = CORES.matcher(taskset("-c", "-p", pid()));
    return found.find() ? found.group(1) : null;
  }

  /**
   * Restricts each thread of this process, and the threads that they start later, to these cores.
   */
  private static void run(String cores) {
    taskset("-a", "-c", "-p", cores, pid());
  }

  private static String pid() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static String taskset(String... arguments) {
    List<String> command = new ArrayList<>(List.of("taskset"));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return new String(process.getInputStream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}

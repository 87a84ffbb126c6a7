package io.agentstream.tests.race;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets two threads run into each other again and again, each time on a new subject, both leaving a
 * spinning barrier within nanoseconds of each other. The one that is early gets a little later from
 * round to round, so that the two meet at every point of each other's way.
 *
 * <p>Not jcstress: it enumerates outcomes of a few memory accesses, in JVMs of its own; here whole
 * conversations are looked at.
 */
final class Race implements AutoCloseable {

  private static final int SPREAD = 64;
  private static final int PATIENCE = 10_000;

  /**
   * In one round of so many, one goes first for sure, and in another the other one. On a machine
   * that runs only one thread at a time, the two may never meet.
   */
  private static final int ROUNDS_TO_A_SURE_ONE = 50;

  /**
   * Returns all rounds in the profiles {@code slow} and {@code stress}, and a fifth of them
   * otherwise.
   */
  static int rounds(int all) {
    boolean thorough =
        Boolean.getBoolean("agentstream.slow") || Integer.getInteger("agentstream.stress", 0) > 0;
    return thorough ? all : all / 5;
  }

  private final ExecutorService second = Executors.newSingleThreadExecutor(Race::daemon);

  /** The actions of the two threads. */
  interface Runner {
    void run() throws Exception;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "race");
    thread.setDaemon(true);
    return thread;
  }

  /** Runs both, at once in most rounds, and returns when both have returned. */
  void run(int round, Runner one, Runner other) throws Exception {
    int sure = round % ROUNDS_TO_A_SURE_ONE;
    if (sure == 0) {
      one.run();
      other.run();
    } else if (sure == ROUNDS_TO_A_SURE_ONE / 2) {
      other.run();
      one.run();
    } else {
      atOnce(round, one, other);
    }
  }

  private void atOnce(int round, Runner one, Runner other) throws Exception {
    AtomicInteger absent = new AtomicInteger(2);
    int late = round % (2 * SPREAD) - SPREAD;
    Future<?> running = second.submit(() -> meet(absent, Math.max(0, late), other));
    meet(absent, Math.max(0, -late), one);
    try {
      running.get();
    } catch (ExecutionException e) {
      throw new AssertionError("in round " + round, e.getCause());
    }
  }

  private static Void meet(AtomicInteger absent, int late, Runner runner) throws Exception {
    absent.decrementAndGet();
    for (int spins = 0; absent.get() != 0; spins++) {
      if (spins < PATIENCE) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(1_000);
      }
    }
    for (int i = 0; i < late; i++) {
      Thread.onSpinWait();
    }
    runner.run();
    return null;
  }

  @Override
  public void close() {
    second.shutdownNow();
  }
}

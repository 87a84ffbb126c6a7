package io.agentstream.internal;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the code of users on threads that others need too: nothing that it throws gets any further,
 * and code that takes longer than {@link #LONGEST} is named in the log, unless it is the library's.
 *
 * <p>Everything is caught, since code in Kotlin, and in Java with Lombok's {@code @SneakyThrows},
 * throws checked exceptions where none is declared. An error of the virtual machine is caught as
 * well: thrown further it would end a thread that carries other conversations, and leave a server
 * that looks alive and does nothing. {@link #caught} hands it to the thread's handler of uncaught
 * exceptions instead, where the application decides what it means for the process.
 *
 * <p>Safe from any thread. Allocates nothing while nothing fails.
 */
public final class UserCode {

  /** How long code may take on a thread that others need. */
  public static final Duration LONGEST = Duration.ofMillis(100);

  private static final Logger log = LoggerFactory.getLogger(UserCode.class);

  private static final long LONGEST_NANOS = LONGEST.toNanos();
  private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

  private static final String LIBRARY = "io.agentstream.";

  private static final int MOST_NAMES = 1_000;

  /** When each was last warned about. By name: a class would keep its class loader alive. */
  private static final Map<String, Long> WARNED = new ConcurrentHashMap<>();

  private final LongSupplier nanoTime;

  /**
   * @param nanoTime what durations are measured with, in nanoseconds
   */
  public UserCode(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Returns what {@code call} returns, or what {@code onFailure} makes of what it throws.
   *
   * @param code whose code it is: an object, which is named by its class, or a text that names it
   */
  public <T extends @Nullable Object> T call(
      Object code, Supplier<? extends T> call, Function<? super Throwable, ? extends T> onFailure) {
    long began = now();
    try {
      return call.get();
    } catch (Throwable e) {
      caught(e);
      return onFailure.apply(e);
    } finally {
      took(code, began);
    }
  }

  /** Does the same with code that returns nothing. */
  public void run(Object code, Runnable task, Consumer<? super Throwable> onFailure) {
    long began = now();
    try {
      task.run();
    } catch (Throwable e) {
      caught(e);
      onFailure.accept(e);
    } finally {
      took(code, began);
    }
  }

  /** Returns the time, to be handed to {@link #took}. */
  public long now() {
    return nanoTime.getAsLong();
  }

  /**
   * Warns if {@code code} has taken too long.
   *
   * @return the time now, for what is called next
   */
  public long took(Object code, long began) {
    long now = nanoTime.getAsLong();
    if (now - began > LONGEST_NANOS) {
      warn(code, now - began);
    }
    return now;
  }

  /**
   * Makes an error of the virtual machine, such as {@code OutOfMemoryError}, known to the process;
   * every {@code catch} around a user's code calls it. Does nothing with all else: a stack overflow
   * is the fault of the code that recursed.
   */
  public static void caught(Throwable thrown) {
    if (thrown instanceof VirtualMachineError && !(thrown instanceof StackOverflowError)) {
      Thread thread = Thread.currentThread();
      try {
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
      } catch (Throwable handler) {
        log.error("The handler of uncaught exceptions failed with {}", handler.getClass());
      }
    }
  }

  private static void warn(Object code, long nanos) {
    if (isOurs(code)) {
      return;
    }
    String name = code instanceof String text ? text : code.getClass().getName();
    // Once a minute for each: code that is slow once is slow for every token.
    if (isDue(name)) {
      log.warn(
          "{} took {} ms on a thread that streams: it holds up every conversation there. Move what"
              + " blocks to an executor of yours, or use a listener that is not inline",
          name,
          Duration.ofNanos(nanos).toMillis());
    }
  }

  /**
   * What comes with the library is slow only where the machine is, such as on its first call while
   * classes load, and a user could not mend it.
   */
  private static boolean isOurs(Object code) {
    Class<?> type = code.getClass();
    return type.getPackageName().startsWith(LIBRARY)
        && Objects.equals(
            type.getProtectionDomain().getCodeSource(),
            UserCode.class.getProtectionDomain().getCodeSource());
  }

  private static boolean isDue(String name) {
    long now = System.nanoTime();
    Long last = WARNED.get(name);
    if (last != null) {
      return now - last >= QUIET_NANOS && WARNED.replace(name, last, now);
    }
    if (WARNED.size() >= MOST_NAMES) {
      WARNED.clear();
    }
    return WARNED.putIfAbsent(name, now) == null;
  }
}

package io.agentstream.internal;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls users' code on shared threads. Exceptions do not propagate, and the log names code that
 * takes longer than {@link #LONGEST}, unless it is the library's own.
 *
 * <p>Everything is caught, because code in Kotlin, and in Java with Lombok's {@code @SneakyThrows},
 * throws undeclared checked exceptions. A virtual machine error is caught too: propagated, it would
 * end a thread that serves other conversations, and leave a server that looks alive but does
 * nothing. {@link #caught} passes it to the thread's handler of uncaught exceptions instead, in
 * which the application decides on the process.
 *
 * <p>Thread-safe. Allocates nothing while nothing fails.
 */
public final class UserCode {

  /** How long code may take on a shared thread before it is logged. */
  public static final Duration LONGEST = Duration.ofMillis(100);

  private static final Logger log = LoggerFactory.getLogger(UserCode.class);

  private static final long LONGEST_NANOS = LONGEST.toNanos();

  private static final String LIBRARY = "io.agentstream.";

  /** By the class's name, because a class would keep its class loader alive. */
  private static final OnceAMinute WARNED = new OnceAMinute();

  private final LongSupplier nanoTime;

  /**
   * @param nanoTime the time source for durations, in nanoseconds
   */
  public UserCode(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Returns the result of {@code call} or, if it throws, of {@code onFailure}.
   *
   * @param code the user's object, whose class is logged, or a text that names the code
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

  /** Works like {@code call} for code that returns nothing. */
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

  /** Returns the current time, for {@link #took}. */
  public long now() {
    return nanoTime.getAsLong();
  }

  /**
   * Warns if {@code code} has taken too long.
   *
   * @return the current time, for the next call
   */
  public long took(Object code, long began) {
    long now = nanoTime.getAsLong();
    if (now - began > LONGEST_NANOS) {
      warn(code, now - began);
    }
    return now;
  }

  /**
   * Reports a virtual machine error, such as {@code OutOfMemoryError}, to the process; every {@code
   * catch} around users' code calls this. It ignores everything else, including a stack overflow,
   * which is the fault of the recursing code.
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
    Object user = code instanceof LibraryCode ours ? ours.user() : null;
    Object named = user == null ? code : user;
    String name = named instanceof String text ? text : named.getClass().getName();
    // Once a minute for each class, because code that is slow once is slow for every token.
    if (WARNED.isDue(name)) {
      log.warn(
          "{} took {} ms on a thread that streams: it holds up every conversation there. Move what"
              + " blocks to an executor of yours, or use a listener that is not inline",
          name,
          Duration.ofNanos(nanos).toMillis());
    }
  }

  /**
   * Returns true for code of the library. It is slow only if the machine is, for example on the
   * first call while classes load, and a user could not change that.
   */
  public static boolean isOurs(Object code) {
    if (code instanceof LibraryCode ours) {
      Object user = ours.user();
      return user == null || isOurs(user);
    }
    return isOf(UserCode.class, code.getClass());
  }

  /** Returns true if both classes come from the same module of the library. */
  public static boolean isOf(Class<?> one, Class<?> other) {
    return other.getPackageName().startsWith(LIBRARY)
        && Objects.equals(
            other.getProtectionDomain().getCodeSource(), one.getProtectionDomain().getCodeSource());
  }
}

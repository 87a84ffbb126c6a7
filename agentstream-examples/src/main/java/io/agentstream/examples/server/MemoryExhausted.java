package io.agentstream.examples.server;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exits the process once an {@link OutOfMemoryError} has ended a thread or reached the log, because
 * it is unknown which threads and data it has damaged. {@code -XX:+ExitOnOutOfMemoryError} does the
 * same at once for every such error, but a jar cannot set it for itself.
 */
public final class MemoryExhausted {

  /** The exit code, the same as with {@code -XX:+ExitOnOutOfMemoryError}. */
  private static final int EXIT_CODE = 3;

  /** Created while there is still memory. */
  private static final byte[] LINE =
      "agentstream: out of memory, the process ends; give it a larger heap (-Xmx) or lower limits\n"
          .getBytes(StandardCharsets.UTF_8);

  private static final int DEEPEST_CAUSE = 20;

  private MemoryExhausted() {}

  /** Begins to watch. Must be called once, before other threads start. */
  public static void endsTheProcess() {
    Logger log = LoggerFactory.getLogger(MemoryExhausted.class);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          endIfExhausted(failure);
          log.error("The thread {} has ended because of", thread.getName(), failure);
        });
    Watch watch = new Watch();
    watch.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
    watch.start();
    ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME))
        .addAppender(watch);
  }

  private static void endIfExhausted(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof OutOfMemoryError) {
        end();
      }
      cause = cause.getCause();
    }
  }

  /** One line, however many threads run out of memory together: nobody gets out of here. */
  private static synchronized void end() {
    System.err.write(LINE, 0, LINE.length);
    System.err.flush();
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  /**
   * Watches the log too, because most code catches and logs everything at the end of its threads.
   */
  private static final class Watch extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      if (event.getThrowableProxy() instanceof ThrowableProxy logged) {
        endIfExhausted(logged.getThrowable());
      }
    }
  }
}

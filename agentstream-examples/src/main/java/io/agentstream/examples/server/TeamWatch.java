package io.agentstream.examples.server;

import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.TeamSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a team file again when it has changed. It looks at the file's time and size, which also
 * notices a file that an editor or a deployment replaces.
 */
final class TeamWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TeamWatch.class);
  private static final long PERIOD_MILLIS = 1_000;

  /** Takes over a file that was read again. */
  @FunctionalInterface
  interface Reader {
    void take(TeamSource source) throws ConfigException;
  }

  private final Path path;
  private final Reader reader;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(TeamWatch::thread);
  private String seen;

  TeamWatch(Path path, Reader reader) {
    this.path = path;
    this.reader = reader;
    this.seen = state();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "agentstream-team-file");
    thread.setDaemon(true);
    return thread;
  }

  TeamWatch start() {
    var unused =
        timer.scheduleWithFixedDelay(
            this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    return this;
  }

  /** Reads the file if it has changed. Called on one thread. */
  void look() {
    String now = state();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      TeamSource source = TeamSource.read(path);
      reader.take(source);
      log.info(
          "Read {} again: agents {}, teams {}",
          path,
          source.file().agents().size(),
          source.file().teams().size());
    } catch (ConfigException e) {
      log.warn("The agents and teams stay as they were: {}", e.reason());
    } catch (Throwable e) {
      // An extension may throw anything, and its message may hold a secret.
      log.warn("The agents and teams stay as they were: {}", e.getClass().getName());
    }
  }

  private String state() {
    try {
      return Files.getLastModifiedTime(path) + " " + Files.size(path);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}

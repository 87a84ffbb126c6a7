package io.agentstream.examples.backup;

import io.agentstream.jdbc.JdbcStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the backups that are requested in a server's folder, on a thread of its own. */
public final class BackupDesk implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(BackupDesk.class);
  private static final long LOOK_EVERY_MILLIS = 500;

  private final Path folder;
  private final JdbcStore store;

  /** Ids of requests that have been seen and still lie there. Of the desk's thread. */
  private final Set<String> seen = new HashSet<>();

  /** True if the last look failed. Of the desk's thread. */
  private boolean blind;

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "agentstream-backup");
            made.setDaemon(true);
            return made;
          });

  private BackupDesk(Path folder, JdbcStore store) {
    this.folder = folder;
    this.store = store;
  }

  /**
   * Looks for requests from now on.
   *
   * @param folder the folder of {@code store}
   */
  public static BackupDesk open(Path folder, JdbcStore store) {
    BackupDesk desk = new BackupDesk(folder, store);
    ScheduledFuture<?> unused =
        desk.thread.scheduleWithFixedDelay(
            desk::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return desk;
  }

  private void look() {
    try {
      List<BackupMail> requests = BackupMail.requests(folder);
      seen.retainAll(requests.stream().map(BackupMail::id).toList());
      requests.stream().filter(request -> seen.add(request.id())).forEach(this::answer);
      blind = false;
    } catch (IOException | RuntimeException e) {
      // An exception would end the schedule.
      if (!blind) {
        log.warn("No requests for backups can be seen in {}: {}", folder, e.toString());
      }
      blind = true;
    }
  }

  private void answer(BackupMail mail) {
    try {
      mail.reply(problemOf(mail));
    } catch (IOException e) {
      log.warn("A request for a backup cannot be answered: {}", e.toString());
    }
  }

  /** Writes a backup; returns why it could not, or an empty text. */
  private String problemOf(BackupMail mail) {
    Path file;
    try {
      file = Path.of(mail.take());
    } catch (IOException | RuntimeException e) {
      log.warn("A request for a backup cannot be read: {}", e.toString());
      return "the server's account cannot read the request: run the command as that account";
    }
    try {
      write(file, mail.part());
      log.info("A backup was written to {}", file);
      return "";
    } catch (IOException | RuntimeException e) {
      log.error("A backup could not be written to {}", file, e);
      return "the server cannot write " + file + "; its log says why";
    }
  }

  /** Writes it beside its place first: an older backup stays until the newer one is complete. */
  private void write(Path file, String partName) throws IOException {
    Path part = Files.createTempFile(file.toAbsolutePath().getParent(), partName, null);
    try {
      store.backUp(part);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Waits up to a minute for a backup that is being written. */
  @Override
  public void close() {
    // No interrupt: H2 closes its file if the thread that reads the file is interrupted.
    thread.shutdown();
    try {
      boolean unused = thread.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

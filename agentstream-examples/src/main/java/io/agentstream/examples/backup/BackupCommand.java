package io.agentstream.examples.backup;

import io.agentstream.examples.config.Arguments;
import io.agentstream.examples.config.ConfigException;
import io.agentstream.examples.config.StoreSpec;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the server of a folder for a backup, and waits for it. */
public final class BackupCommand {

  /** The output of {@code backup --help}. */
  public static final String USAGE =
      """
      Usage: java -jar agentstream-server.jar backup [--data DIR] --to FILE

        --data DIR   the folder of the running server (default agentstream-data)
        --to FILE    the zip file to write; one of this name is replaced

      To restore, stop the server and unpack the file into the folder.\
      """;

  private static final int FAILED = 1;
  // The two processes share only files, so that each has to look for those of the other.
  private static final long LOOK_EVERY_MILLIS = 100;
  private static final Duration TAKEN_WITHIN = Duration.ofSeconds(10);

  private final Path folder;
  private final Path file;
  private final Duration takenWithin;

  /**
   * @param takenWithin how long a server may take to see the request
   */
  BackupCommand(Path folder, Path file, Duration takenWithin) {
    this.folder = folder;
    this.file = file;
    this.takenWithin = takenWithin;
  }

  /**
   * Writes a backup.
   *
   * @param args the arguments after {@code backup}
   * @return the exit code: 0, or 1 if there is no backup; then one line on standard error says why
   * @throws ConfigException if an argument is wrong
   */
  public static int run(List<String> args) throws ConfigException {
    Path folder = StoreSpec.DEFAULT_FOLDER;
    Path file = null;
    Arguments arguments = new Arguments(args, "backup --help");
    while (arguments.hasNext()) {
      String option = arguments.next();
      switch (option) {
        case "--data" -> folder = arguments.path(option);
        case "--to" -> file = arguments.path(option);
        case "--help", "-h" -> {
          System.out.println(USAGE);
          return 0;
        }
        default -> throw arguments.unknown(option);
      }
    }
    if (file == null) {
      throw new ConfigException("--to: name the file to write; see backup --help");
    }
    return new BackupCommand(folder, file.toAbsolutePath(), TAKEN_WITHIN).run();
  }

  private int run() throws ConfigException {
    if (!Files.isDirectory(folder)) {
      throw new ConfigException("--data: there is no folder " + folder);
    }
    String problem;
    try {
      problem = problem();
    } catch (IOException e) {
      problem = "this account cannot write in the folder " + folder;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problem = "interrupted";
    }
    if (problem != null) {
      System.err.println("agentstream: backup: " + problem);
      return FAILED;
    }
    System.out.println("agentstream wrote " + file);
    return 0;
  }

  /** Returns why there is no backup; null if there is one. */
  @Nullable String problem() throws IOException, InterruptedException {
    BackupMail mail = BackupMail.create(folder);
    mail.request(file.toString());
    long began = System.nanoTime();
    while (mail.isRequested()) {
      if (System.nanoTime() - began >= takenWithin.toNanos() && mail.withdraw()) {
        return "no server answers in " + folder + "; if none runs, copy agentstream.mv.db itself";
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
    Progress progress = new Progress(System.nanoTime());
    while (true) {
      String problem = mail.takeReply();
      if (problem != null) {
        return problem.isEmpty() ? null : problem;
      }
      if (progress.hasStopped(written(mail), System.nanoTime())) {
        return "the server does not write it any more; see whether it runs";
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  /** Returns how much of the backup there is, in bytes. */
  private long written(BackupMail mail) {
    long bytes = 0;
    Path parent = file.getParent();
    try (DirectoryStream<Path> parts =
        Files.newDirectoryStream(parent == null ? file : parent, mail.part() + "*")) {
      for (Path part : parts) {
        bytes += Files.size(part);
      }
    } catch (IOException | DirectoryIteratorException e) {
      // It was moved to its place meanwhile, or this account cannot see it.
    }
    return bytes;
  }
}

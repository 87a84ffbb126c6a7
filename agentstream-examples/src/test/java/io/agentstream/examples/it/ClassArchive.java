package io.agentstream.examples.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The classes of the server's jar as a JVM has loaded and checked them, in a file. A process that
 * starts with it needs about half of the processor time. The first test of a build makes the file.
 */
final class ClassArchive {

  private static final int PATIENCE_SECONDS = 60;

  private static final Pattern READY =
      Pattern.compile("agentstream listening on http:(//127\\.0\\.0\\.1:\\d+)");

  private static List<String> options = List.of();
  private static boolean known;

  private ClassArchive() {}

  /**
   * Returns the options with which a JVM uses the file; none where it cannot be made.
   *
   * @param java the program and the options of all servers
   */
  static synchronized List<String> options(List<String> java, Path jar) {
    if (!known) {
      try {
        Path file = file(java, jar);
        options = Files.exists(file) ? List.of("-XX:SharedArchiveFile=" + file) : List.of();
        known = true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    return options;
  }

  /** Other JVMs of the same build wait for the one that makes the file. */
  private static Path file(List<String> java, Path jar) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(Path.of("target/servers")).toAbsolutePath();
    Path file = folder.resolve("classes-" + Runtime.version() + ".jsa");
    try (FileChannel locked =
        FileChannel.open(
            folder.resolve("classes.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // Closing the channel releases it.
      FileLock unused = locked.lock();
      if (!isOf(jar, file)) {
        Files.deleteIfExists(file);
        record(java, jar, file);
      }
    }
    return file;
  }

  private static boolean isOf(Path jar, Path file) throws IOException {
    return Files.exists(file)
        && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }

  /** Lets a server talk and end in order, which is when its JVM writes the file. */
  private static void record(List<String> java, Path jar, Path file)
      throws IOException, InterruptedException {
    Path unfinished = Path.of(file + ".part");
    List<String> command = new ArrayList<>(java);
    command.add("-XX:ArchiveClassesAtExit=" + unfinished);
    command.addAll(List.of("-jar", jar.toString(), "--port", "0", "--in-memory"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("OPENAI_"));
    Process server = builder.start();
    try (BufferedReader output = server.inputReader(UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        Matcher ready = READY.matcher(line);
        if (ready.matches()) {
          talk(URI.create("ws:" + ready.group(1) + "/ws"));
          server.toHandle().destroy();
        }
      }
      if (server.waitFor() == 0 && Files.exists(unfinished)) {
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } finally {
      server.destroyForcibly();
    }
  }

  private static void talk(URI webSocket) {
    Viewer.connect(HttpClient.newHttpClient(), webSocket)
        .send("start_conversation", Map.of("topic", "Tea?", "max_rounds", 1))
        .first("streaming_token")
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}

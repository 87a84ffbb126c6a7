package io.agentstream.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server process and its figures from the operating system. Linux only. */
final class ServerUnderTest implements AutoCloseable {

  private static final Pattern READY =
      Pattern.compile("(?i).*listening on:? \\D*(?:127\\.0\\.0\\.1:)?(\\d+).*");
  private static final long MICROS_PER_TICK = 10_000;

  private final String name;
  private final ServerKind kind;
  private final Process process;
  private final URI endpoint;
  private final long millisToReady;

  private ServerUnderTest(
      String name, ServerKind kind, Process process, int port, long millisToReady) {
    this.name = name;
    this.kind = kind;
    this.process = process;
    this.endpoint = URI.create("ws://127.0.0.1:" + port + "/ws");
    this.millisToReady = millisToReady;
  }

  /** Starts the server, and waits until it prints its address. */
  static ServerUnderTest start(
      String name, ServerKind kind, Path log, List<String> command, Map<String, String> environment)
      throws IOException {
    long start = System.nanoTime();
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    String line;
    while ((line = output.readLine()) != null) {
      said.append(line).append('\n');
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        drain(output, log);
        return new ServerUnderTest(name, kind, process, Integer.parseInt(ready.group(1)), millis);
      }
    }
    throw new IOException(name + " did not start: " + said);
  }

  /** Starts a Redis on this port, and waits until it is ready. */
  static ServerUnderTest startRedis(int port, Path log, List<String> command) throws IOException {
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    while (line != null && !line.contains("Ready to accept connections")) {
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("Redis did not start");
    }
    drain(output, log);
    long millis = (System.nanoTime() - start) / 1_000_000;
    return new ServerUnderTest("Redis", ServerKind.BY_HAND, process, port, millis);
  }

  private static void drain(BufferedReader output, Path log) {
    Thread thread =
        new Thread(
            () -> {
              try (var writer = Files.newBufferedWriter(log)) {
                output.transferTo(writer);
              } catch (IOException e) {
                // The server was stopped, so its output has ended.
                System.err.println("The log " + log.getFileName() + " ends: " + e.getMessage());
              }
            },
            "output of a server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Suspends the process, so that it costs no other one anything. It keeps its memory. */
  void suspend() throws IOException {
    signal("-STOP");
  }

  /** Lets a suspended process run again. */
  void resume() throws IOException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException {
    Process kill = new ProcessBuilder("kill", signal, String.valueOf(process.pid())).start();
    try {
      if (kill.waitFor() != 0) {
        throw new IOException(name + " is gone");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  String name() {
    return name;
  }

  ServerKind kind() {
    return kind;
  }

  URI endpoint() {
    return endpoint;
  }

  int port() {
    return endpoint.getPort();
  }

  long millisToReady() {
    return millisToReady;
  }

  /** Returns the processor time used, in microseconds, rounded to hundredths of a second. */
  long cpuMicros() {
    String[] fields = afterName(read("stat")).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
  }

  private static String afterName(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2);
  }

  /** Returns the number of operating system threads, including the virtual machine's own. */
  int threads() {
    return Integer.parseInt(status("Threads"));
  }

  /** Returns true if its heap and Java threads can be read. */
  boolean isJava() {
    return process.info().command().orElse("").endsWith("/java");
  }

  /**
   * Returns the number of a Java process's platform threads for Java code: those in a thread dump,
   * without the virtual machine's compilers and collectors. Returns all threads if the process is
   * not Java.
   */
  int javaThreads() throws IOException {
    if (!isJava()) {
      return threads();
    }
    return (int)
        jcmd("Thread.print")
            .lines()
            .filter(line -> line.startsWith("\""))
            .filter(line -> line.contains(" prio="))
            .count();
  }

  long residentKilobytes() {
    return Long.parseLong(status("VmRSS").replaceAll("\\D", ""));
  }

  /** Bytes on the heap of a Java process, after a full collection. */
  long heapBytes() throws IOException {
    jcmd("GC.run");
    long total = 0;
    for (String line : jcmd("GC.class_histogram").lines().toList()) {
      if (line.startsWith("Total")) {
        total = Long.parseLong(line.trim().split("\\s+", -1)[2]);
      }
    }
    return total;
  }

  private String jcmd(String command) throws IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process run =
        new ProcessBuilder(jcmd.toString(), String.valueOf(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    return new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private String status(String key) {
    return read("status")
        .lines()
        .filter(line -> line.startsWith(key + ":"))
        .findFirst()
        .orElseThrow()
        .substring(key.length() + 1)
        .trim();
  }

  private String read(String file) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file));
    } catch (IOException e) {
      throw new UncheckedIOException(name + " is gone", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}

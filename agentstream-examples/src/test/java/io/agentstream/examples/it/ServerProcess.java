package io.agentstream.examples.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server as its users run it: {@code java -jar}, a process of its own, on a free port. */
final class ServerProcess implements AutoCloseable {

  /** No process of a test lives long enough for the second compiler to pay off. */
  static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final Pattern READY =
      Pattern.compile("agentstream listening on (http://127\\.0\\.0\\.1:\\d+)");

  private final Process process;
  private final Path errors;
  private final BufferedReader output;
  private final StringBuilder printed = new StringBuilder();
  private String url = "";

  private ServerProcess(Map<String, String> environment, List<String> args) {
    try {
      errors = fileOfThisBuild("agentstream-server", ".log");
      FailureReport.includeLog(errors);
      ProcessBuilder builder = new ProcessBuilder(command(args)).redirectError(errors.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("OPENAI_"));
      builder.environment().putAll(environment);
      process = builder.start();
      output = process.inputReader(UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file that may be read after the end, and goes with {@code mvn clean}. */
  static Path fileOfThisBuild(String prefix, String suffix) throws IOException {
    Path folder = Files.createDirectories(Path.of("target/servers"));
    return Files.createTempFile(folder, prefix, suffix);
  }

  /** Returns the beginning of a command that starts the jar: the program and its options. */
  static List<String> java() {
    List<String> java = new ArrayList<>(List.of(tool("java")));
    java.addAll(QUICK_START);
    java.addAll(ClassArchive.options(List.copyOf(java), jar()));
    return java;
  }

  static Path jar() {
    return Path.of(System.getProperty("agentstream.server.jar", "target/agentstream-server.jar"))
        .toAbsolutePath();
  }

  private static List<String> command(List<String> args) {
    List<String> command = java();
    command.addAll(List.of("-jar", jar().toString()));
    command.addAll(args);
    return command;
  }

  /** Starts a server and waits until it is ready. */
  static ServerProcess start(Map<String, String> environment, String... args) {
    return launch(environment, args).awaitReady();
  }

  /** Does not wait; {@link #awaitReady} has to, before anything else. */
  static ServerProcess launch(Map<String, String> environment, String... args) {
    return new ServerProcess(environment, apart(onFreePort(args)));
  }

  /** Does the same for a server whose options or configuration say where it keeps conversations. */
  static ServerProcess startWithStore(Map<String, String> environment, String... args) {
    return new ServerProcess(environment, onFreePort(args)).awaitReady();
  }

  private static List<String> onFreePort(String... args) {
    List<String> all = new ArrayList<>(List.of("--port", "0"));
    all.addAll(List.of(args));
    return all;
  }

  ServerProcess awaitReady() {
    String line = readLine();
    Matcher ready = READY.matcher(line);
    if (!ready.matches()) {
      close();
    }
    assertThat(ready.matches()).as("The server said: %s%s", line, errors()).isTrue();
    url = ready.group(1);
    return this;
  }

  /** Starts a server that is not expected to come up, and waits for its end. */
  static ServerProcess runToEnd(Map<String, String> environment, String... args) {
    ServerProcess server = new ServerProcess(environment, apart(List.of(args)));
    server.awaitExit();
    return server;
  }

  /** Tests that run at the same time must not share the default folder; commands have none. */
  private static List<String> apart(List<String> args) {
    List<String> all = new ArrayList<>(args);
    boolean isCommand = !args.isEmpty() && !args.get(0).startsWith("-");
    if (!isCommand && !all.contains("--data")) {
      all.add("--in-memory");
    }
    return all;
  }

  static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  URI http(String path) {
    return URI.create(url + path);
  }

  URI webSocket() {
    return URI.create(url.replace("http:", "ws:") + "/ws");
  }

  int port() {
    return URI.create(url).getPort();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Sends SIGTERM. */
  void terminate() {
    // Process.destroy would close the pipes too, and what is printed at the end would be lost.
    process.toHandle().destroy();
  }

  /**
   * It does nothing until it is let go on, as a machine that swaps or a container that is frozen.
   */
  void hold() {
    signal("-STOP");
  }

  void goOn() {
    signal("-CONT");
  }

  private void signal(String which) {
    try {
      new ProcessBuilder("kill", which, Long.toString(pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  int awaitExit() {
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        printed.append(line).append('\n');
      }
      return process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Returns its standard output up to its end. */
  String output() {
    return printed.toString();
  }

  /** Returns its standard error so far. */
  String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    awaitExit();
  }

  private String readLine() {
    try {
      String line = output.readLine();
      printed.append(line).append('\n');
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

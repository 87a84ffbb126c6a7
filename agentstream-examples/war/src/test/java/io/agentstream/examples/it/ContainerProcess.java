package io.agentstream.examples.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A servlet container as its users run it, in a process of its own. */
final class ContainerProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader lines;
  private final StringBuilder log = new StringBuilder();

  /** Starts the command, with what it logs on both of its outputs. */
  ContainerProcess(Path directory, List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("OPENAI_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("JDK_JAVA_OPTIONS", String.join(" ", ServerProcess.QUICK_START));
    builder.environment().put("CATALINA_BASE", directory.toString());
    process = builder.start();
    lines = process.inputReader(UTF_8);
  }

  /**
   * Waits until it is ready.
   *
   * @param port what it logs of its port, which is the only group
   * @param ready what it logs then
   * @return its root
   */
  URI awaitReady(Pattern port, Pattern ready) throws IOException {
    String found = "";
    for (String line = readLine(); line != null; line = readLine()) {
      Matcher matcher = port.matcher(line);
      if (matcher.find()) {
        found = matcher.group(1);
      }
      if (ready.matcher(line).find()) {
        return URI.create("http://127.0.0.1:" + found + "/");
      }
    }
    throw new AssertionError("The container did not start:\n" + log);
  }

  /** Sends SIGTERM, waits for the end and returns all that it has logged. */
  String stop() throws IOException, InterruptedException {
    // Process.destroy would close the pipes too, and what is logged at the end would be lost.
    process.toHandle().destroy();
    while (readLine() != null) {
      // The log keeps it.
    }
    process.waitFor();
    return log.toString();
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
    try {
      process.waitFor();
      lines.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String readLine() throws IOException {
    String line = lines.readLine();
    if (line != null) {
      log.append(line).append('\n');
    }
    return line;
  }
}

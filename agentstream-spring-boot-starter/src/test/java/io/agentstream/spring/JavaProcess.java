package io.agentstream.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A Java program in a process of its own. */
final class JavaProcess {

  private JavaProcess() {}

  /** The output of a program, and how it ended. */
  record Outcome(int status, String output) {}

  /** Runs a program to its end, with these entries as its class path. */
  static Outcome run(List<String> classPath, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    // A reference that is soft would keep what the program waits to be collected.
    command.add("-XX:SoftRefLRUPolicyMSPerMB=0");
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
    command.add(program.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Outcome(process.waitFor(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Returns the class path of the tests. */
  static List<String> ownClassPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).toList();
  }
}

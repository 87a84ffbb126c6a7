package io.agentstream.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine of the figures. */
record Machine(String processor, int cores, String kernel, String jdk, String node) {

  static Machine here() throws IOException {
    return new Machine(
        readProcessor(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.vendor") + " " + System.getProperty("java.runtime.version"),
        askNode());
  }

  String inWords() {
    return "%s, %d cores, %s, JDK %s, Node %s".formatted(processor, cores, kernel, jdk, node);
  }

  private static String readProcessor() throws IOException {
    return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElse(System.getProperty("os.arch"));
  }

  private static String askNode() throws IOException {
    Process node = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
    return new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
  }
}

package io.agentstream.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A module of this build: its jar, and the dependencies that Maven has listed for it. */
record BuiltModule(Path folder) {

  /** A line of dependency:list: group, artifact, the file. Optional ones are brought by nobody. */
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "(?m)^ +([^:\\s]+):([^:\\s]+):jar:(?:[^:\\s]+:)*?(?:compile|runtime):"
              + "([^\\s]+)(?!.*optional).*$");

  /** Bounds are multiples of so many kilobytes, with some room, so that few changes show. */
  private static final int STEP_KB = 50;

  boolean isBuilt() throws IOException {
    return Files.exists(list()) && Files.isRegularFile(jar());
  }

  /**
   * Returns this module's row of the table.
   *
   * @param shared the dependencies that every module brings, which are not named again
   * @param bound the size in the table, which stays as long as the jar is not much smaller
   */
  String row(Set<String> shared, long bound) throws IOException {
    long bytes = 0;
    for (MatchResult other : others()) {
      bytes += Files.size(Path.of(other.group(3)));
    }
    List<String> named = new ArrayList<>(names(all().stream().filter(BuiltModule::isOurs)));
    named.addAll(names(others().stream().filter(other -> !shared.contains(other.group(2)))));
    return String.format(
        Locale.ROOT,
        "| `%s` | %d KB | %d, %.1f MB | %s |",
        folder.getFileName(),
        size(bound),
        others().size(),
        bytes / 1e6,
        String.join(", ", named));
  }

  private long size(long bound) throws IOException {
    long actual = Files.size(jar()) / 1024;
    boolean fits = actual <= bound && actual > bound / 3;
    return fits ? bound : (actual * 5 / 4 / STEP_KB + 1) * STEP_KB;
  }

  /** Returns the names of what it brings, without our own modules. */
  Set<String> brings() throws IOException {
    return Set.copyOf(names(others().stream()));
  }

  private List<MatchResult> others() throws IOException {
    return all().stream().filter(dependency -> !isOurs(dependency)).toList();
  }

  private List<MatchResult> all() throws IOException {
    return DEPENDENCY.matcher(Files.readString(list())).results().toList();
  }

  private static boolean isOurs(MatchResult dependency) {
    return dependency.group(1).equals("io.agentstream");
  }

  private static List<String> names(Stream<MatchResult> dependencies) {
    return dependencies.map(one -> one.group(2)).sorted().toList();
  }

  private Path list() {
    return folder.resolve("target/dependencies.txt");
  }

  private Path jar() throws IOException {
    String jar = folder.getFileName() + "-\\d[^-]*(-SNAPSHOT)?\\.jar";
    try (Stream<Path> files = Files.list(folder.resolve("target"))) {
      return files
          .filter(file -> file.getFileName().toString().matches(jar))
          .findFirst()
          .orElse(folder.resolve("target/none.jar"));
    }
  }
}

package io.agentstream.examples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The source files of a repository by their endings, with their text as blocks are compared. */
final class SourceFiles {

  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");
  private static final Set<String> LEFT_OUT = Set.of("target", "node_modules", ".git");

  private final Map<String, List<Source>> byEnding = new HashMap<>();

  private record Source(Path file, String text) {}

  private SourceFiles() {}

  /** Reads all files with these endings. */
  static SourceFiles under(Path root, Set<String> endings) throws IOException {
    SourceFiles all = new SourceFiles();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return LEFT_OUT.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String ending = ending(file);
            if (endings.contains(ending)) {
              all.add(file, ending);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return all;
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private void add(Path file, String ending) {
    try {
      byEnding
          .computeIfAbsent(ending, unused -> new ArrayList<>())
          .add(new Source(file, dense(Files.readString(file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the files that hold all of a block, up to white space. */
  List<Path> holding(CodeBlock block) {
    String wanted = dense(block.text());
    return byEnding.getOrDefault(block.language(), List.of()).stream()
        .filter(source -> source.text().contains(wanted))
        .map(Source::file)
        .toList();
  }

  private static String dense(String text) {
    return WHITE_SPACE.matcher(text).replaceAll("");
  }
}

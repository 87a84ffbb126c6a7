package io.agentstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sources of all modules stay short enough to read at once. */
class SizeTest {

  private static final int MAX_LINES = 350;
  private static final int MAX_PARAMETERS = 6;

  private static final Path PROJECT = Path.of("..");
  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", "built", ".git");

  /** The declarations of the browser client, {@code .d.ts}, are written from its comments. */
  private static final Pattern SOURCE =
      Pattern.compile(".*\\.(java|m?jsx?|(?<!\\.d\\.)tsx?|css|html|lua|sql|sh|py)");

  private static final Pattern NO_CODE =
      Pattern.compile("/\\*[\\s\\S]*?\\*/|//[^\\n]*|\"(?:\\\\.|[^\"\\\\\\n])*\"");
  private static final Pattern CLASS = Pattern.compile("\\b(?:class|enum) (\\w+)");

  @Test
  void no_file_is_longer_than_350_lines() throws IOException {
    Map<Path, Long> longer = new TreeMap<>();
    for (Path file : sources()) {
      long lines = lines(file);
      if (lines > MAX_LINES) {
        longer.put(file, lines);
      }
    }
    assertThat(longer).isEmpty();
  }

  /** The components of a record are its data, and are not counted. */
  @Test
  void no_constructor_of_a_class_has_more_than_6_parameters() throws IOException {
    List<String> wide = new ArrayList<>();
    for (Path file : sources()) {
      if (file.toString().endsWith(".java")) {
        wide.addAll(wideConstructors(NO_CODE.matcher(Files.readString(file)).replaceAll("")));
      }
    }
    assertThat(wide).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        PROJECT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (SOURCE.matcher(file.getFileName().toString()).matches()) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(found).hasSizeGreaterThan(1_000);
    return found;
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> wideConstructors(String code) {
    return CLASS
        .matcher(code)
        .results()
        .map(found -> found.group(1))
        .distinct()
        .filter(name -> widest(name, code) > MAX_PARAMETERS)
        .toList();
  }

  private static int widest(String name, String code) {
    return Pattern.compile(
            "(?m)^ +(?:public |protected |private )?"
                + name
                + "\\(([^;{]*?)\\)\\s*(?:throws [\\w., ]+)?\\{")
        .matcher(code)
        .results()
        .mapToInt(found -> parameters(found.group(1)))
        .max()
        .orElse(0);
  }

  /** Counts the commas outside of type arguments. */
  private static int parameters(String list) {
    int depth = 0;
    int count = list.isBlank() ? 0 : 1;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      depth += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
      count += c == ',' && depth == 0 ? 1 : 0;
    }
    return count;
  }
}

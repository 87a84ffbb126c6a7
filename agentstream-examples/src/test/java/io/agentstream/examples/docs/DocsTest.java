package io.agentstream.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every block of code on the pages for newcomers stands in a source file of this repository, which
 * the build compiles and a test runs. Only white space may differ.
 */
class DocsTest {

  private static final Pattern COORDINATES =
      Pattern.compile(
          "<groupId>io.agentstream</groupId>\\s*<artifactId>[^<]+</artifactId>\\s*<version>([^<]+)<");

  private static final Path ROOT = Path.of("..");
  private static final int LONGEST_RECIPE = 15;

  /** The pages that a newcomer reads first. */
  private static final Set<String> ENTRANCE = Set.of("README.md", "cookbook.md", "embedding.md");

  /** The languages of blocks, which are also the endings of source files. */
  private static final Set<String> COMPILED = Set.of("java", "tsx", "ts", "js", "yaml", "conf");

  @TestFactory
  Stream<DynamicTest> every_block_stands_in_a_source_file() throws IOException {
    SourceFiles sources = SourceFiles.under(ROOT, COMPILED);
    return pages().stream()
        .flatMap(page -> CodeBlock.in(page).stream())
        .filter(DocsTest::isCompiled)
        .map(
            block ->
                DynamicTest.dynamicTest(
                    block.page() + ":" + block.line(),
                    () ->
                        assertThat(sources.holding(block))
                            .as("source files with this block:%n%s", block.text())
                            .isNotEmpty()));
  }

  private static boolean isCompiled(CodeBlock block) {
    return ENTRANCE.contains(block.page())
        && COMPILED.contains(block.language())
        && !block.isRunByItsOwnTest();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of(ROOT.resolve("README.md")),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList();
    }
  }

  @Test
  void a_recipe_of_the_cookbook_has_at_most_15_lines() {
    assertThat(CodeBlock.in(ROOT.resolve("docs/cookbook.md")))
        .hasSizeGreaterThan(20)
        .allSatisfy(
            block -> assertThat(block.text().lines()).hasSizeLessThanOrEqualTo(LONGEST_RECIPE));
  }

  @Test
  void the_coordinates_have_the_version_of_this_build() throws IOException {
    String version = ThisBuild.version();
    for (Path page : pages()) {
      assertThat(COORDINATES.matcher(Files.readString(page)).results())
          .as("versions of agentstream in %s", page)
          .allMatch(found -> found.group(1).equals(version));
    }
  }

  @Test
  void every_link_to_a_file_has_its_file() throws IOException {
    for (Path page : pages()) {
      assertThat(Links.broken(page)).as("links in %s to files that do not exist", page).isEmpty();
    }
  }
}

package io.agentstream.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The table of modules in docs/embedding.md: the size of each jar, and all that it brings. A
 * dependency that comes in unseen, directly or through another one, fails here.
 */
class ModulesIT {

  private static final Path ROOT = Path.of("..");

  /** Boot's own versions hide from dependency:list which dependencies of it are optional. */
  private static final BuiltModule STARTER =
      new BuiltModule(ROOT.resolve("agentstream-spring-boot-starter"));

  private static final Pattern MANAGED =
      Pattern.compile(
          "<dependency>\\s*<groupId>io.agentstream</groupId>\\s*<artifactId>([a-z-]+)<");
  private static final Pattern TABLE =
      Pattern.compile("(?s)<!-- ModulesIT checks this\\. -->\\n(.*?)\\n\\n");

  @Test
  void the_table_names_the_size_and_the_dependencies_of_each_module() throws IOException {
    Matcher table = TABLE.matcher(Files.readString(ROOT.resolve("docs/embedding.md")));
    assertThat(table.find()).as("docs/embedding.md has the table").isTrue();

    BuiltModule core = new BuiltModule(ROOT.resolve("agentstream-core"));
    List<String> rows =
        new ArrayList<>(
            List.of("| module | its jar, at most | other jars | brings |", "|---|---|---|---|"));
    for (BuiltModule module : released()) {
      assumeTrue(module.isBuilt(), "only a build of all modules has " + module.folder());
      Set<String> shared = module.equals(core) ? Set.of() : core.brings();
      rows.add(module.row(shared, bound(table.group(1), module)));
    }
    assertThat(table.group(1)).isEqualTo(String.join("\n", rows));
  }

  private static List<BuiltModule> released() throws IOException {
    return MANAGED
        .matcher(Files.readString(ROOT.resolve("agentstream-bom/pom.xml")))
        .results()
        .map(managed -> new BuiltModule(ROOT.resolve(managed.group(1))))
        .filter(module -> !module.equals(STARTER))
        .toList();
  }

  /** Returns the size that the table has for a module, or 0. */
  private static long bound(String table, BuiltModule module) {
    Matcher row =
        Pattern.compile("\\| `" + module.folder().getFileName() + "` \\| (\\d+) KB").matcher(table);
    return row.find() ? Long.parseLong(row.group(1)) : 0;
  }
}

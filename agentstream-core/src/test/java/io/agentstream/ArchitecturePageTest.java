package io.agentstream;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of packages in docs/architecture.md is that of the code. */
class ArchitecturePageTest {

  private static final Path PAGE = Path.of("../docs/architecture.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| core, `(\\w+)` \\|.*\\| ([^|]+) \\|$");
  private static final Pattern NAME = Pattern.compile("`(\\w+)`");
  private static final String ALL_BUT = "all of core but";
  private static final String ROOT = "io.agentstream.";

  @Test
  void every_package_has_a_row_and_uses_no_other_packages_than_the_row_names() throws IOException {
    Map<String, Set<String>> used = new TreeMap<>();
    for (JavaClass type : ArchitectureTest.CORE) {
      Set<String> targets = used.computeIfAbsent(packageOf(type), any -> new TreeSet<>());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(ROOT)) {
          targets.add(packageOf(target));
        }
      }
    }

    Map<String, String> rows = new TreeMap<>();
    for (MatchResult row : ROW.matcher(Files.readString(PAGE)).results().toList()) {
      rows.put(row.group(1), row.group(2));
    }
    assertThat(rows.keySet()).isEqualTo(used.keySet());
    used.forEach(
        (name, targets) -> {
          targets.remove(name);
          assertThat(allowed(rows.get(name), used.keySet())).as(name).containsAll(targets);
        });
  }

  private static String packageOf(JavaClass type) {
    return type.getPackageName().substring(ROOT.length()).replaceAll("\\..*", "");
  }

  private static Set<String> allowed(String cell, Set<String> all) {
    Set<String> named =
        NAME.matcher(cell).results().map(name -> name.group(1)).collect(toCollection(TreeSet::new));
    if (!cell.startsWith(ALL_BUT)) {
      return named;
    }
    Set<String> others = new TreeSet<>(all);
    others.removeAll(named);
    return others;
  }
}

package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake is named with its line, its place and its remedy, and quotes no secret. */
class BrokenFilesTest {

  static String resource(String name) {
    try (var in = BrokenFilesTest.class.getResourceAsStream("/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  record Broken(String sound, String broken, String message) {
    static Broken of(String line) {
      String[] parts = line.split(" => ", -1);
      return new Broken(parts[0].strip(), parts[1].strip().replace("\\n", "\n"), parts[2].strip());
    }
  }

  static Stream<Broken> table() {
    return resource("broken.txt")
        .lines()
        .filter(line -> line.contains(" => ") && !line.startsWith("#"))
        .map(Broken::of);
  }

  static List<String> problems(String text) {
    try {
      TeamFile.parse(text, "team.yaml");
      return List.of();
    } catch (TeamFileException e) {
      assertThat(e.getMessage()).startsWith("team.yaml: ").doesNotContain("\n");
      return e.problems();
    }
  }

  @Test
  void the_whole_file_is_sound_and_the_table_has_two_hundred_mistakes() {
    assertThat(problems(resource("whole.yaml"))).isEmpty();
    assertThat(table().count()).isGreaterThanOrEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("table")
  void a_mistake_is_named(Broken each) {
    String whole = resource("whole.yaml");
    String sound = "\n" + whole;
    int at = indexOfWhole(sound, each.sound());
    assertThat(at).as("%s stands in the whole file", each.sound()).isPositive();
    String broken =
        (sound.substring(0, at) + each.broken() + sound.substring(at + each.sound().length()))
            .substring(1);
    List<String> problems = problems(broken);
    assertThat(problems).anySatisfy(problem -> assertThat(problem).contains(each.message()));
    assertThat(problems).allSatisfy(problem -> assertThat(problem).matches("line \\d+: .*"));
    assertThat(problems).noneSatisfy(problem -> assertThat(problem).contains("CANARY"));
  }

  /** Returns where a text stands with a line's begin before it and its end after it. */
  private static int indexOfWhole(String all, String text) {
    int at = all.indexOf(text);
    while (at >= 0) {
      boolean begins = all.substring(all.lastIndexOf('\n', at) + 1, at).matches("\\s*(- )?");
      int end = at + text.length();
      if (begins && (end == all.length() || all.charAt(end) == '\n')) {
        return at;
      }
      at = all.indexOf(text, at + 1);
    }
    return -1;
  }

  /** Every line of the whole file with a key of ours, not one that the user chooses. */
  static Stream<Integer> linesWithKeys() {
    String[] lines = resource("whole.yaml").split("\n", -1);
    String owner = "";
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      String key = keyOf(lines[i]);
      int indent = lines[i].indexOf(lines[i].strip());
      if (key.matches("headers|env|parameters|settings") && !lines[i].endsWith("H")) {
        owner = lines[i].substring(0, indent) + " ";
      } else if (owner.isEmpty() || !lines[i].startsWith(owner)) {
        owner = "";
        boolean chosen = lines[i].matches("  [a-z]+:") || key.length() < 4 || CHOICES.contains(key);
        if (!chosen) {
          found.add(i);
        }
      }
    }
    return found.stream();
  }

  /** The first keys of conditions and the like, for which the table has cases. */
  private static final Set<String> CHOICES = Set.of("custom", "last", "head", "skip");

  private static String keyOf(String line) {
    String bare = line.strip().replaceFirst("^- ", "");
    return bare.contains(":") ? bare.substring(0, bare.indexOf(':')) : "";
  }

  @ParameterizedTest
  @MethodSource("linesWithKeys")
  void a_mistyped_key_is_named_with_its_line_and_the_right_key(int index) {
    String[] lines = resource("whole.yaml").split("\n", -1);
    String key = keyOf(lines[index]);
    String typo = key.substring(0, 2) + "x" + key.substring(2);
    lines[index] = lines[index].replaceFirst(Pattern.quote(key), Matcher.quoteReplacement(typo));
    assertThat(problems(String.join("\n", lines)))
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .startsWith("line " + (index + 1) + ": ")
                    .contains("did you mean '" + key + "'?"));
  }
}

package io.agentstream.teams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** No file takes more memory, stack or time than its size allows. */
class BoundsTest {

  private static String problem(String text) {
    List<String> problems = BrokenFilesTest.problems(text);
    assertThat(problems).isNotEmpty();
    return problems.get(0);
  }

  @Test
  void aliases_of_aliases_do_not_grow_without_end() {
    StringBuilder bomb =
        new StringBuilder("version: 1\nmodels:\n  a0: &a0 {parameters: {x: lol}}\n");
    for (int i = 1; i < 12; i++) {
      String each = "*a" + (i - 1);
      bomb.append(
          "  a%d: &a%d {parameters: {x: [%s]}}\n".formatted(i, i, (each + ", ").repeat(9) + each));
    }
    assertThat(problem(bomb.toString())).contains("aliases make the file larger");
  }

  @Test
  void an_alias_of_itself_is_refused() {
    assertThat(problem("version: 1\nagents: &a [*a]\n")).contains("aliases");
  }

  @Test
  void lists_in_lists_are_refused_before_they_take_a_stack() {
    assertThat(problem("version: " + "[".repeat(100_000) + "]".repeat(100_000)))
        .contains("at most 40 deep");
    assertThat(problem("a: {".repeat(50_000))).contains("at most 40 deep");
  }

  @Test
  void a_large_file_is_refused() {
    assertThat(problem("version: 1 # " + "x".repeat(2_000_000))).contains("at most 2000000");
    assertThat(problem("[" + "1,".repeat(150_000) + "1]")).contains("at most 100000 values");
  }

  @Test
  void an_empty_file_two_documents_and_a_text_are_refused() {
    assertThat(problem("")).contains("is empty");
    assertThat(problem("# nothing\n")).contains("is empty");
    assertThat(problem("version: 1\n---\nversion: 1\n")).contains("is no YAML");
    assertThat(problem("hello")).contains("must be an object of keys and values, and is a text");
    assertThat(problem("- 1\n")).contains("and is a list");
    assertThat(problem("{\"version\": 1,")).contains("is no YAML");
    assertThat(problem("version: \u0000")).contains("is no YAML");
    assertThat(problem("version: !!java.net.URL [x]\n")).contains("version: must be");
    assertThat(problem("agents:\n\t- name: Ann\n")).contains("is no YAML");
    assertThat(problem("version: !%0a 1\n")).contains("is no YAML: a tag");
    assertThat(problem("version: !%20 1\n")).contains("is no YAML: a tag");
    assertThat(problem("version: *none\n")).contains("is no YAML");
  }
}

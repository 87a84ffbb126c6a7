package io.agentstream.chat.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameFinderTest {

  @ParameterizedTest
  @CsvSource({
    "Ann, Ann",
    "'**Ann**.', Ann",
    "'I pick \"Ann\"', Ann",
    "Annie, ''",
    "Joann, ''",
    "Ann_2, ''",
    "Ann2, ''",
    "ann, Ann",
    "'ANN LEE, please', Ann Lee",
    "'ann, then Ann Lee', Ann Lee",
    "_Ann_, Ann",
    "'__Ann Lee__', Ann Lee",
    "_Ann_2, ''",
    "Ａｎｎ, Ann",
    "Ann Lee, Ann Lee",
    "'Ann Lee, not Ann', 'Ann Lee,Ann'",
    "Ann Leery, Ann",
    "'', ''",
  })
  void names_count_where_no_word_goes_on(String text, String names) {
    assertThat(String.join(",", new NameFinder(List.of("Ann", "Ann Lee")).find(text)))
        .isEqualTo(names);
  }

  @ParameterizedTest
  @CsvSource({
    "请李华发言, 李华",
    "李华强, 李华强",
    "下一位：李华强。, 李华强",
    "李华和李华强, '李华,李华强'",
    "请Ann发言, Ann",
    "专家10, ''",
    "由专家1回答, 专家1",
    "민수가 말합니다, 민수",
    "李明, ''",
  })
  void scripts_without_spaces_have_an_edge_everywhere(String text, String names) {
    assertThat(
            String.join(",", new NameFinder(List.of("李华", "李华强", "Ann", "专家1", "민수")).find(text)))
        .isEqualTo(names);
  }

  @Test
  void no_character_of_a_name_is_special() {
    NameFinder finder = new NameFinder(List.of("a.c", "C++", "C", "(x)", "$1", "\\E", "A|B"));

    assertThat(finder.find("abc")).isEmpty();
    assertThat(finder.find("C++")).containsExactly("C++");
    assertThat(finder.find("C, then C++")).containsExactly("C", "C++");
    assertThat(finder.find("pick (x) or $1 or \\E")).containsExactly("(x)", "$1", "\\E");
    assertThat(finder.find("A")).isEmpty();
  }

  @Test
  void an_underscore_may_be_a_space_or_have_a_backslash() {
    NameFinder finder = new NameFinder(List.of("Story_writer", "Editor"));

    assertThat(finder.find("Story_writer")).containsExactly("Story_writer");
    assertThat(finder.find("Story writer")).containsExactly("Story_writer");
    assertThat(finder.find("Story\\_writer")).containsExactly("Story_writer");
    assertThat(finder.find("Storywriter")).isEmpty();
  }

  @Test
  void what_one_is_called_is_not_anothers_variant() {
    assertThat(new NameFinder(List.of("a_b", "a b")).find("a b")).containsExactly("a b");
  }

  @Test
  void characters_beyond_the_first_plane_are_whole() {
    NameFinder finder = new NameFinder(List.of("𠮷", "😀"));

    assertThat(finder.find("请𠮷说 😀!")).containsExactly("𠮷", "😀");
  }
}

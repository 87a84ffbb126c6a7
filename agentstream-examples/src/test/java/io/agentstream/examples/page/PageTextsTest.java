package io.agentstream.examples.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page says everything in both of its languages. */
class PageTextsTest {

  private static final Path PAGE = Path.of("src/main/resources/page");
  private static final Pattern TEXT = Pattern.compile("(?m)^  \"([\\w.]+)\": \"(.*)\",$");
  private static final Pattern NAME = Pattern.compile("\\{\\w+}");
  private static final Pattern USED =
      Pattern.compile("\\bt\\(\"([\\w.]+)\"[,)]|data-t(?:-\\w+)?=\"([\\w.]+)\"");

  @Test
  void both_languages_have_the_same_keys_in_the_same_order() throws IOException {
    assertThat(texts("zh").keySet()).containsExactlyElementsOf(texts("en").keySet());
  }

  @Test
  void both_languages_fill_in_the_same_values() throws IOException {
    Map<String, String> chinese = texts("zh");
    texts("en")
        .forEach((key, text) -> assertThat(names(chinese.get(key))).as(key).isEqualTo(names(text)));
  }

  @Test
  void every_text_that_the_page_asks_for_is_there() throws IOException {
    try (Stream<Path> files = Files.walk(PAGE)) {
      List<Path> sources = files.filter(f -> f.toString().matches(".*\\.(js|html)")).toList();
      for (Path source : sources) {
        assertThat(texts("en").keySet()).as(source.toString()).containsAll(used(source));
      }
    }
  }

  private static List<String> used(Path source) throws IOException {
    return USED.matcher(Files.readString(source))
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .toList();
  }

  private static Map<String, String> texts(String language) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (MatchResult text : TEXT.matcher(source(language)).results().toList()) {
      assertThat(texts.put(text.group(1), text.group(2))).as("twice: " + text.group(1)).isNull();
    }
    assertThat(texts).hasSizeGreaterThan(100);
    return texts;
  }

  /**
   * Returns the texts of a language: {@code en.js} and the files {@code en-*.js} that it includes.
   */
  private static String source(String language) throws IOException {
    StringBuilder source = new StringBuilder();
    try (Stream<Path> files = Files.list(PAGE.resolve("i18n"))) {
      for (Path file : files.sorted().toList()) {
        if (file.getFileName().toString().matches(language + "(-\\w+)?\\.js")) {
          source.append(Files.readString(file));
        }
      }
    }
    return source.toString();
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

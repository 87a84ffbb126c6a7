package io.agentstream.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way to begin, as docs/start.md has it.
 *
 * @param files the texts of its files by their paths
 * @param commands its lines of shell
 * @param row the row of the table about it: files, commands
 */
public record StartPage(Map<String, String> files, List<String> commands, String row) {

  private static final Path PAGE = Path.of("../docs/start.md");
  private static final Pattern FILE =
      Pattern.compile("(?ms)`([^`\\n]+)`\\n\\n```\\w*\\n(.*?)^```$");
  private static final Pattern SHARED = Pattern.compile("(?ms)^```html\\n(.*?)^```$");
  private static final Pattern SHARED_AS = Pattern.compile("`([^`]+)` is \\[the page\\]");
  private static final Pattern COMMANDS = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

  /** Reads the section with this heading. */
  public static StartPage section(String heading) throws IOException {
    String page = Files.readString(PAGE);
    String section = below(page, heading);
    Map<String, String> files = new LinkedHashMap<>();
    if (section.contains("with its two files besides the page")) {
      files.putAll(section("Plain Java").files());
      files.remove("web/index.html");
    }
    all(FILE, section).forEach(file -> files.put(file.group(1), file.group(2)));
    String shared = all(SHARED, below(page, "The page")).get(0).group(1);
    all(SHARED_AS, section).forEach(file -> files.put(file.group(1), shared));
    List<String> commands = all(COMMANDS, section).get(0).group(1).lines().toList();
    return new StartPage(files, commands, row(page, heading));
  }

  private static String below(String page, String heading) {
    int start = page.indexOf("\n## " + heading + "\n");
    int end = page.indexOf("\n## ", start + 1);
    return page.substring(start, end < 0 ? page.length() : end);
  }

  private static String row(String page, String heading) {
    return all(Pattern.compile("(?mi)^\\| \\[" + heading + "\\].*$"), page).get(0).group();
  }

  private static List<java.util.regex.MatchResult> all(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.results().toList();
  }

  /** Writes the files into an empty folder. */
  public void writeTo(Path folder) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }
}

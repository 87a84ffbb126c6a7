package io.agentstream.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of curl on a page of the documentation, as one script.
 *
 * @param script the lines, in the page's order
 */
public record CurlLines(String script) {

  /** The section whose server lets users edit; its lines are run beside that server. */
  public static final String OWN = "Agents and teams of your own";

  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");

  /**
   * Reads a page.
   *
   * @param page its name in the folder of documents
   * @param atLeast how many calls it must have more than
   */
  static CurlLines of(String page, int atLeast) throws IOException {
    String text = Files.readString(Path.of("../docs", page));
    return in(text.replace(sectionOf(text, OWN), ""), atLeast);
  }

  /** Reads one section of a page, as {@link #of} does the rest. */
  public static CurlLines section(String page, String heading, int atLeast) throws IOException {
    return in(sectionOf(Files.readString(Path.of("../docs", page)), heading), atLeast);
  }

  private static String sectionOf(String text, String heading) {
    int begin = text.indexOf("## " + heading + "\n");
    int end = begin < 0 ? -1 : text.indexOf("\n## ", begin);
    return begin < 0 ? "\0" : text.substring(begin, end < 0 ? text.length() : end);
  }

  private static CurlLines in(String text, int atLeast) {
    Matcher blocks = BLOCK.matcher(text);
    StringBuilder script = new StringBuilder("set -eu\n");
    while (blocks.find()) {
      script.append(blocks.group(1));
    }
    assertThat(script.toString().split("curl", -1)).hasSizeGreaterThan(atLeast);
    return new CurlLines(script.toString());
  }

  /** Runs all of them against a server and returns what they print. */
  public String run(URI server, Path folder) throws IOException, InterruptedException {
    Path said = folder.resolve("said.txt");
    Process bash =
        new ProcessBuilder("bash", "-c", script.replace("http://localhost:8080", server.toString()))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    boolean ended = bash.waitFor(2, TimeUnit.MINUTES);
    bash.destroyForcibly();
    String text = Files.readString(said);
    assertThat(ended).as(text).isTrue();
    assertThat(bash.exitValue()).as(text).isZero();
    return text;
  }
}

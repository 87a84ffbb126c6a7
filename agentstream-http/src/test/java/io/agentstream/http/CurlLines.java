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
record CurlLines(String script) {

  private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");

  /**
   * Reads a page.
   *
   * @param page its name in the folder of documents
   * @param atLeast how many calls it must have more than
   */
  static CurlLines of(String page, int atLeast) throws IOException {
    Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../docs", page)));
    StringBuilder script = new StringBuilder("set -eu\n");
    while (blocks.find()) {
      script.append(blocks.group(1));
    }
    assertThat(script.toString().split("curl", -1)).hasSizeGreaterThan(atLeast);
    return new CurlLines(script.toString());
  }

  /** Runs all of them against a server and returns what they print. */
  String run(URI server, Path folder) throws IOException, InterruptedException {
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

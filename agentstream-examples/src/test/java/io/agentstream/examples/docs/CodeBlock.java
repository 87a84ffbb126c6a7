package io.agentstream.examples.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of code in a document.
 *
 * @param page the name of the file
 * @param line the line at which it begins
 * @param language the word after the fence; may be empty
 * @param text its lines
 * @param isRunByItsOwnTest true if a comment before it names the test that runs it
 */
record CodeBlock(String page, long line, String language, String text, boolean isRunByItsOwnTest) {

  private static final Pattern FENCED =
      Pattern.compile("(?ms)^(<!-- \\w+ runs this\\. -->\\n)?```(\\w*)\\n(.*?)^```$");

  /** Returns the blocks of a document, in order. */
  static List<CodeBlock> in(Path page) {
    String text;
    try {
      text = Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<CodeBlock> blocks = new ArrayList<>();
    Matcher fenced = FENCED.matcher(text);
    while (fenced.find()) {
      long line = text.substring(0, fenced.start()).lines().count() + 1;
      blocks.add(
          new CodeBlock(
              page.getFileName().toString(),
              line,
              fenced.group(2),
              fenced.group(3),
              fenced.group(1) != null));
    }
    return blocks;
  }
}

package io.agentstream.examples.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The links of a document to files of this repository. */
final class Links {

  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]+)(#[^)]*)?\\)");

  private Links() {}

  /** Returns the targets that do not exist. */
  static List<String> broken(Path page) throws IOException {
    List<String> broken = new ArrayList<>();
    Matcher links = LINK.matcher(Files.readString(page));
    while (links.find()) {
      if (!Files.exists(page.resolveSibling(links.group(1)))) {
        broken.add(links.group(1));
      }
    }
    return broken;
  }
}
